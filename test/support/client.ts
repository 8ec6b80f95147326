import type { TypedDocumentString } from './generated/graphql.js';

export interface GraphqlFailure {
  message: string;
  path?: (string | number)[];
  extensions: { code: string; [name: string]: unknown };
}

export interface GraphqlAnswer<R> {
  status: number;
  headers: Headers;
  data: R | null;
  errors: GraphqlFailure[];
}

export interface GraphqlClient {
  /** The data of an operation that succeeds. @throws with the errors otherwise */
  run<R, V>(document: TypedDocumentString<R, V>, variables: V): Promise<R>;
  /** The whole answer, for operations that are meant to fail. */
  send<R, V>(document: TypedDocumentString<R, V>, variables: V): Promise<GraphqlAnswer<R>>;
  /** The code of the one error that the operation gives. @throws when it succeeds */
  code<R, V>(document: TypedDocumentString<R, V>, variables: V): Promise<string>;
}

/** A client like a codegen-typed frontend: typed documents over fetch. */
export function createClient(url: string, accessToken?: string): GraphqlClient {
  async function send<R, V>(document: TypedDocumentString<R, V>, variables: V): Promise<GraphqlAnswer<R>> {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(accessToken && { authorization: `Bearer ${accessToken}` }),
      },
      body: JSON.stringify({ query: document.toString(), variables }),
    });
    const body = (await response.json()) as { data?: R | null; errors?: GraphqlFailure[] };
    return {
      status: response.status,
      headers: response.headers,
      data: body.data ?? null,
      errors: body.errors ?? [],
    };
  }
  return {
    send,
    async run(document, variables) {
      const { data, errors } = await send(document, variables);
      if (errors.length > 0 || data === null)
        throw new Error(`the operation failed: ${JSON.stringify(errors)}`);
      return data;
    },
    async code(document, variables) {
      const { data, errors } = await send(document, variables);
      const [error, ...others] = errors;
      if (!error || others.length > 0) {
        throw new Error(`expected one error, got ${JSON.stringify({ data, errors })}`);
      }
      return error.extensions.code;
    },
  };
}
