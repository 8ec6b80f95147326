import { createHash } from 'node:crypto';
import { Html, html } from './html.js';
import { pageStyle } from './page-style.js';

export interface PageParts {
  productName: string;
  title: string;
  body: Html;
  /** What the page does in the browser, as the text of a module. */
  script?: string;
}

export interface Page {
  document: string;
  headers: Record<string, string>;
}

/** The source expression of the Content Security Policy that allows an inline script or style by its text. */
export function hashSource(content: string): string {
  return `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
}

function securityPolicy(script: string | undefined): string {
  return [
    "default-src 'none'",
    `script-src ${script === undefined ? "'none'" : hashSource(script)}`,
    `style-src ${hashSource(pageStyle)}`,
    "connect-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    // Forms are sent by the script alone: a password never becomes part of an address.
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Puts a page together with its headers; it needs nothing from any other address. */
export function layOut({ productName, title, body, script }: PageParts): Page {
  // Whole elements, so that nothing comes between a tag and the text that its hash is of.
  const styleElement = new Html(`<style>${pageStyle}</style>`);
  const scriptElement = script !== undefined && new Html(`<script type="module">${script}</script>`);
  const { text: document } = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title} · ${productName}</title>
        <link rel="icon" href="data:," />
        ${styleElement}
      </head>
      <body>
        <p class="brand">${productName}</p>
        <main>${body}</main>
        ${scriptElement}
      </body>
    </html> `;
  return {
    document,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': securityPolicy(script),
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
      'Cache-Control': 'no-store',
    },
  };
}
