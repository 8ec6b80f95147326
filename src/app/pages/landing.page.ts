import { html, type Html } from './html.js';
import { layOut, type Page } from './layout.js';

function link(href: string, name: string, about: string): Html {
  return html`<li><a href="${href}">${name}</a><span>${about}</span></li>`;
}

/** Says what this server is, to whoever opens its bare address. */
export function landingPage(productName: string, development: boolean): Page {
  const body = html`<h1>The ${productName} server is running</h1>
    <p>
      Programs talk to it with GraphQL at <code>/graphql</code>: queries and mutations over HTTP,
      subscriptions over a WebSocket (graphql-ws) at the same address.
    </p>
    <ul class="links">
      ${development && link('/graphql', 'Explorer', 'Read the schema and try queries, mutations and subscriptions.')}
      ${development && link('/dev/mail/', 'Caught mail', 'Mails that this server sent, unless a real mail server is configured.')}
      ${link('/health', 'Health', 'What works and what does not, as JSON.')}
    </ul>`;
  return layOut({ productName, title: 'Server', body });
}
