import { renderMail, type MailTemplateName } from '../../../src/domains/mail/render-mail.js';
import { MailTemplateDataError } from '../../../src/domains/mail/template-values.js';

const brand = { productName: 'Toolbox', supportEmail: 'help@toolbox.example' };
const actionUrl = 'https://toolbox.example/verify?token=abc&next=%2F';
const invitation = {
  organizationName: 'Oak School',
  inviterName: 'Ada',
  role: 'teacher',
  actionUrl,
  expiresInDays: 7,
};

describe('renderMail', () => {
  const samples: [MailTemplateName, () => ReturnType<typeof renderMail>][] = [
    [
      'verification',
      () => renderMail('verification', { username: 'ada', actionUrl, expiresInHours: 24 }, brand),
    ],
    ['welcome', () => renderMail('welcome', { username: 'ada', actionUrl }, brand)],
    ['invitation', () => renderMail('invitation', invitation, brand)],
    ['account-exists', () => renderMail('account-exists', { username: 'ada', actionUrl }, brand)],
  ];

  it.each(samples)('fills every placeholder of %s', (_name, render) => {
    const mail = render();
    expect(mail.fallback).toBeUndefined();
    for (const part of [mail.subject, mail.html, mail.text])
      expect(part).not.toMatch(/\{\{|\{%|undefined|\[object/);
    expect(mail.subject).toContain('Toolbox');
    expect(mail.html).toContain('<html lang="en" dir="ltr"');
  });

  it.each(samples)('shows the link of %s as button, in clear below it and in the text', (_name, render) => {
    const { html, text } = render();
    const escaped = actionUrl.replace('&', '&amp;');
    expect(html.split(`href="${escaped}"`)).toHaveLength(3);
    expect(html).toContain(`>${escaped}</a>`);
    expect(text).toContain(`\n${actionUrl}\n`);
  });

  it.each(samples)('says in %s why one got it and whom to ask', (_name, render) => {
    const { html, text } = render();
    for (const part of [html, text]) {
      expect(part).toContain('You received this because');
      expect(part).toContain('help@toolbox.example');
    }
  });

  it('does without a support address', () => {
    const { text } = renderMail('welcome', { username: 'ada', actionUrl }, { productName: 'Toolbox' });
    expect(text).toContain('This is an automatic message');
  });

  it('counts in words that fit the number', () => {
    const render = (expiresInHours: number) =>
      renderMail('verification', { username: 'ada', actionUrl, expiresInHours }, brand).text;
    expect(render(1)).toContain('for 1 hour,');
    expect(render(24)).toContain('for 24 hours,');
  });

  it('keeps a long link whole in the text', () => {
    const long = `https://toolbox.example/verify?token=${'a1'.repeat(300)}`;
    expect(renderMail('welcome', { username: 'ada', actionUrl: long }, brand).text).toContain(long);
  });
});

describe('values of users', () => {
  const withName = (organizationName: string) =>
    renderMail('invitation', { ...invitation, organizationName }, brand);

  it('are escaped in HTML, in attributes too, and left as written in subject and text', () => {
    const name = `<script>alert(1)</script> "O'Hara" & Co`;
    const mail = withName(name);
    expect(mail.html).not.toContain('<script');
    expect(mail.html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &quot;O&#39;Hara&quot; &amp; Co');
    expect(mail.html).toMatch(/aria-label="[^"]*&quot;O&#39;Hara&quot;[^"]*"/);
    expect(mail.subject).toContain(name);
    expect(mail.text.replace(/\s+/g, ' ')).toContain(name);
  });

  it('are data and never template code', () => {
    const mail = withName('{{ brand.productName }}{% raw %}');
    expect(mail.subject).toContain('{{ brand.productName }}{% raw %}');
  });

  it('keep letters of all scripts', () => {
    for (const name of ['Ünïcode Schüle', '学校', 'مدرسة', '👩🏽‍🏫 class']) {
      const mail = withName(name);
      expect(mail.subject).toContain(name);
      expect(mail.html).toContain(`<bdi>${name}</bdi>`);
    }
  });

  it('lose line breaks, controls and direction overrides', () => {
    const mail = withName('Oak\r\nBcc: x@evil.example\u202Egpj.exe\u2066\u0000\u2028end');
    expect(mail.subject).toContain('Oak Bcc: x@evil.examplegpj.exe end');
    for (const part of [mail.subject, mail.html, mail.text])
      expect(part).not.toMatch(/[\u202A-\u202E\u2066-\u2069\0]/);
    expect(mail.subject).not.toMatch(/[\r\n\u2028]/);
  });

  it('are shortened when very long, between characters as people see them', () => {
    const mail = withName('👩🏽‍🏫'.repeat(5_000));
    expect(mail.subject.length).toBeLessThan(600);
    expect(mail.subject).toMatch(/👩🏽‍🏫… on Toolbox$/u);
    expect(withName(`a${'\u0301'.repeat(100_000)}`).subject.length).toBeLessThan(600);
    expect(withName('x'.repeat(120)).subject).toContain('x'.repeat(120));
    expect(withName('x'.repeat(121)).subject).toContain(`${'x'.repeat(119)}…`);
  });

  it('cannot smuggle a link into the mail, while ordinary names with dots stay', () => {
    const mail = withName('Win at https://evil.example/now or www.evil.example');
    for (const part of [mail.subject, mail.html, mail.text])
      expect(part).not.toMatch(/https:\/\/evil|www\.evil|evil\.example/);
    expect(withName('St. John ada.lovelace').subject).toContain('St. John ada.lovelace');
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    '/relative',
    '',
    'https://toolbox.example@evil.example/',
  ])('refuses the action URL "%s"', (url) => {
    expect(() => renderMail('welcome', { username: 'ada', actionUrl: url }, brand)).toThrow(
      MailTemplateDataError,
    );
  });

  it('cannot be missing', () => {
    const incomplete = { actionUrl } as { username: string; actionUrl: string };
    expect(() => renderMail('welcome', incomplete, brand)).toThrow(/undefined/);
  });
});

describe('a missing template', () => {
  const render = (name: string) =>
    renderMail(
      name as 'welcome',
      { username: '<b>"ada"', actionUrl: 'https://toolbox.example/?a=1&b=2' },
      brand,
    );

  it('becomes a plain mail with all values, and says so', () => {
    const mail = render('no-such-template');
    expect(mail.fallback).toBe(true);
    expect(mail.subject).toBe('A message from Toolbox');
    expect(mail.text).toContain('username: <b>"ada"');
    expect(mail.text).toContain('action url: https://toolbox.example/?a=1&b=2');
    expect(mail.html).toContain('&lt;b&gt;&quot;ada&quot;');
    expect(mail.html).toContain('<a href="https://toolbox.example/?a=1&amp;b=2">');
    expect(mail.html).not.toContain('<b>');
  });

  it('is not mistaken for a property that every object has', () => {
    expect(render('constructor').fallback).toBe(true);
  });
});
