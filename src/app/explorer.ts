import type { RequestHandler } from 'express';
import { explorerScript } from './explorer-script.js';
import { hashSource } from './pages/layout.js';

interface Explorer {
  document: Buffer;
  headers: Record<string, string>;
}

const jsonTypes = ['application/json', 'application/graphql-response+json'];

/** Makes the page from the parts of GraphiQL, all of them inline: it needs nothing from the internet. */
async function buildExplorer(): Promise<Explorer> {
  const graphiql = await import('@graphql-yoga/render-graphiql/graphiql');
  const { js, css, favicon, editorWorkerService, jsonWorker, graphqlWorker } = graphiql;
  const workers = JSON.stringify({ editorWorkerService, json: jsonWorker, graphql: graphqlWorker });
  const script = `
const workers = ${workers.replaceAll('<', '\\u003c')};
self.MonacoEnvironment = {
  globalAPI: false,
  getWorkerUrl: (_module, label) => URL.createObjectURL(new Blob([workers[label]], { type: 'application/javascript' })),
};
${js};
${explorerScript}`;
  const document = Buffer.from(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>GraphQL explorer</title>
<link rel="icon" href="${favicon}">
<style>${css}</style>
</head>
<body class="no-focus-outline">
<noscript>The explorer needs JavaScript.</noscript>
<div id="root"></div>
<script>${script}</script>
</body>
</html>
`);
  const policy = [
    "default-src 'none'",
    `script-src ${hashSource(script)}`,
    'worker-src blob:',
    // The editor makes its styles as it goes.
    "style-src 'unsafe-inline'",
    'font-src data:',
    'img-src data:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    document,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': policy.join('; '),
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
      // Kept by the browser, and asked for by its ETag: it is large.
      'Cache-Control': 'no-cache',
    },
  };
}

/**
 * Serves GraphiQL to browsers, and hands every request that wants JSON on. It is loaded and built by the first
 * request for it.
 */
export function explorerHandler(): RequestHandler {
  let explorer: Promise<Explorer> | undefined;
  return async (req, res, next) => {
    res.vary('Accept');
    if (req.accepts([...jsonTypes, 'text/html']) !== 'text/html') {
      next();
      return;
    }
    const { document, headers } = await (explorer ??= buildExplorer());
    res.set(headers).send(document);
  };
}
