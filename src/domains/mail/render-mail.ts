import { createRequire } from 'node:module';
import type * as HtmlToText from 'html-to-text';
import type * as Nunjucks from 'nunjucks';
import { renderFallbackMail } from './fallback-mail.js';
import { cleanText, cleanValues } from './template-values.js';
import { compiledMailTemplates, type CompiledMailTemplate } from './templates/compiled.generated.js';

export type MailTemplateName = 'verification' | 'welcome' | 'invitation' | 'account-exists';

export interface MailTemplateData {
  verification: { username: string; actionUrl: string; expiresInHours: number };
  welcome: { username: string; actionUrl: string };
  invitation: {
    organizationName: string;
    inviterName: string;
    role: string;
    actionUrl: string;
    expiresInDays: number;
  };
  'account-exists': { username: string; actionUrl: string };
}

export interface MailBrand {
  productName: string;
  supportEmail?: string;
}

export interface RenderedMail {
  /** One line, not HTML-escaped. */
  subject: string;
  html: string;
  text: string;
  /** True when the template was missing and the plain fallback was made: send it, and report it. */
  fallback?: true;
}

interface ReadyTemplate {
  subject: Nunjucks.Template;
  html: Nunjucks.Template;
  text: Nunjucks.Template | null;
}

interface Engine {
  ready: Map<string, ReadyTemplate>;
  prepare(template: CompiledMailTemplate): ReadyTemplate;
  textOf(html: string): string;
}

let engine: Engine | undefined;

/**
 * Fills a template. An unknown name gives a plain mail of the values with `fallback: true`, so that no mail is
 * lost. Throws MailTemplateDataError for an action URL that is not http(s), and for a value the template misses.
 */
export function renderMail<N extends MailTemplateName>(
  name: N,
  data: MailTemplateData[N],
  brand: MailBrand,
): RenderedMail {
  const values = cleanValues(data);
  const cleanBrand = {
    productName: cleanText(brand.productName),
    supportEmail: brand.supportEmail === undefined ? null : cleanText(brand.supportEmail),
  };
  const source = Object.hasOwn(compiledMailTemplates, name) ? compiledMailTemplates[name] : undefined;
  if (source === undefined) return renderFallbackMail(name, values, cleanBrand);

  engine ??= createEngine();
  const template = engine.ready.get(name) ?? engine.prepare(source);
  engine.ready.set(name, template);
  const context = { ...values, brand: cleanBrand };
  const html = template.html.render(context);
  return {
    subject: template.subject.render(context).replace(/\s+/gu, ' ').trim(),
    html,
    text: template.text?.render(context) ?? engine.textOf(html),
  };
}

/**
 * Loaded at the first mail: both packages together cost 50 ms and 18 MB that a process which sends no mail
 * should not pay, and `require` keeps rendering synchronous.
 */
function createEngine(): Engine {
  const require = createRequire(import.meta.url);
  const nunjucks = require('nunjucks') as typeof Nunjucks;
  const { compile } = require('html-to-text') as typeof HtmlToText;
  const escaping = new nunjucks.Environment(null, { autoescape: true, throwOnUndefined: true });
  const plain = new nunjucks.Environment(null, { autoescape: false, throwOnUndefined: true });
  const toText = compile({
    wordwrap: 78,
    formatters: { action: formatAction },
    selectors: [
      { selector: 'div[style^="display:none"]', format: 'skip' },
      { selector: 'td.link', format: 'skip' },
      { selector: 'td > div', format: 'block', options: { leadingLineBreaks: 2, trailingLineBreaks: 2 } },
      { selector: 'td > a', format: 'action' },
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true } },
      { selector: 'h1', options: { uppercase: false } },
    ],
  });
  return {
    ready: new Map(),
    prepare: ({ subject, html, text }) => ({
      subject: new nunjucks.Template(subject, plain, undefined, true),
      html: new nunjucks.Template(html, escaping, undefined, true),
      text: text === undefined ? null : new nunjucks.Template(text, plain, undefined, true),
    }),
    textOf: (html) => toText(html),
  };
}

/** A button's label, and on the next line its link, whole. */
const formatAction: HtmlToText.FormatCallback = (element, walk, builder) => {
  walk(element.children ?? [], builder);
  builder.addInline(':');
  builder.addLineBreak();
  const attributes = element.attribs as Record<string, string> | undefined;
  builder.addInline(attributes?.['href'] ?? '', { noWordTransform: true });
};
