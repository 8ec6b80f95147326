import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import express from 'express';
import { mailPreviewRoutes } from '../../src/app/mail-preview.routes.js';

describe('the preview of mail templates', () => {
  let server: Server;
  let url: string;
  beforeAll(async () => {
    server = express().use(mailPreviewRoutes('Toolbox')).listen(0);
    await new Promise((resolve) => server.once('listening', resolve));
    url = `http://localhost:${(server.address() as AddressInfo).port}/dev/mail-templates`;
  });
  afterAll(() => server.close());

  it('lists every template with its text form', async () => {
    const page = await (await fetch(url)).text();
    for (const name of ['verification', 'welcome', 'invitation', 'account-exists']) {
      expect(page).toContain(`href="/dev/mail-templates/${name}"`);
      expect((await fetch(`${url}/${name}.txt`)).status).toBe(200);
    }
  });

  it('shows one with sample data, in a sandbox without scripts', async () => {
    const response = await fetch(`${url}/invitation`);
    expect(response.headers.get('content-security-policy')).toContain('sandbox');
    expect(await response.text()).toContain('Analytical School');
    expect(await (await fetch(`${url}/invitation.txt`)).text()).toContain('Charles Babbage');
  });

  it('has nothing for a name that is no template', async () => {
    expect((await fetch(`${url}/constructor`)).status).toBe(404);
  });
});
