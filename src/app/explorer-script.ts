import { scriptLiteral } from './pages/html.js';

const defaultQuery = `# Run these with the button on the right, or with
# Ctrl-Enter where the cursor is.
#
# 1. SignIn gives an access token.
# 2. Put it under "Headers" below:
#    { "authorization": "Bearer <accessToken>" }
# 3. Environments and Feed show what is in your
#    active organization.
# 4. Feed stays open and shows what happens.
#    Its socket gets the headers too.

mutation SignIn {
  signIn(input: {
    login: "you@example.org"
    password: "your password"
  }) {
    accessToken
    accessTokenExpiresAt
    account { username }
  }
}

query Environments {
  environments(first: 10) {
    edges {
      node { id name status owner { username } }
    }
    pageInfo { hasNextPage endCursor }
  }
}

subscription Feed {
  feed {
    __typename
    cursor
    ... on EnvironmentChanged {
      change
      environment { id name status }
    }
  }
}
`;

/**
 * Starts GraphiQL with a fetcher of our own. The one that it brings asks for subscriptions by server-sent
 * events, and over a socket it would send fixed connectionParams, never what stands in the headers editor.
 * Each subscription opens a socket (protocol graphql-transport-ws) with the headers of its own tab.
 */
export const explorerScript = `
const wordsOf = {
  1001: 'The server is stopping. Run it again in a moment.',
  1006: 'The server cannot be reached.',
  4403: 'Access was refused or has ended. Sign in, and put the new access token under "Headers".',
};

const isSubscription = ({ operationName }, documentAST) => {
  const operations = (documentAST?.definitions ?? []).filter(({ kind }) => kind === 'OperationDefinition');
  const named = operationName ? operations.filter(({ name }) => name?.value === operationName) : operations;
  return named[0]?.operation === 'subscription';
};

async function post(params, headers) {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
    body: JSON.stringify(params),
  });
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('The server answered ' + response.status + ' without JSON: ' + text.slice(0, 500));
  }
}

const follow = (params, headers) => ({
  subscribe(observer) {
    const url = new URL('/graphql', location.href);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(url, 'graphql-transport-ws');
    const send = (message) => socket.send(JSON.stringify(message));
    const payload = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
    let isOver = false;
    const end = () => {
      if (isOver) return;
      isOver = true;
      observer.complete();
      socket.close(1000);
    };
    const receive = {
      connection_ack: () => send({ id: '1', type: 'subscribe', payload: params }),
      ping: () => send({ type: 'pong' }),
      next: (message) => isOver || observer.next(message.payload),
      error: (message) => {
        if (!isOver) observer.next({ errors: message.payload });
        end();
      },
      complete: () => end(),
    };
    socket.onopen = () => send({ type: 'connection_init', payload });
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      receive[message.type]?.(message);
    };
    socket.onclose = ({ code, reason }) => {
      const message = 'The socket was closed (' + code + '). ' + (wordsOf[code] ?? reason);
      if (!isOver) observer.next({ errors: [{ message }] });
      end();
    };
    return {
      unsubscribe() {
        isOver = true;
        socket.close(1000);
      },
    };
  },
});

YogaGraphiQL.renderYogaGraphiQL(document.querySelector('#root'), {
  title: 'Explorer',
  logo: '',
  defaultQuery: ${scriptLiteral(defaultQuery)},
  fetcher: (params, { headers = {}, documentAST } = {}) =>
    isSubscription(params, documentAST) ? follow(params, headers) : post(params, headers),
  // In its place GraphiQL would write what is typed, passwords too, into the address.
  onEditQuery: () => {},
});
`;
