import type { Member } from '../../support/factories/organization.js';
import { openSocket, type TestSocket } from '../../support/socket.js';
import { Follow } from './documents.js';

export interface Seen {
  environmentId: string;
  change: string;
}

/** Follows the feed over sockets that are dropped in the middle, each time going on after its last cursor. */
export class Subscriber {
  readonly seen: Seen[] = [];
  readonly problems: string[] = [];
  drops = 0;
  #cursor: string;
  #socket: TestSocket | null = null;
  #generation = 0;
  #closed = false;

  constructor(
    private readonly member: Member,
    private readonly urls: string[],
    cursor: string,
  ) {
    this.#cursor = cursor;
  }

  follow(): void {
    const generation = (this.#generation += 1);
    const url = this.urls[generation % this.urls.length] ?? '';
    const socket = openSocket(url, this.member.accessToken);
    this.#socket = socket;
    socket.client.subscribe<{ feed: { __typename: string; cursor: string } & Partial<Seen> }>(
      { query: Follow.toString(), variables: { after: this.#cursor } },
      {
        next: ({ data, errors }) => {
          // What still arrives on a socket that was given up does not count: the client is gone.
          if (generation !== this.#generation) return;
          if (!data || errors) return void this.problems.push(JSON.stringify(errors));
          const { feed } = data;
          this.#cursor = feed.cursor;
          if (!feed.environmentId || !feed.change) this.problems.push(feed.__typename);
          else this.seen.push({ environmentId: feed.environmentId, change: feed.change });
        },
        error: (error) => this.#ended(generation, error),
        complete: () => this.#ended(generation, 'complete'),
      },
    );
  }

  /** Cuts the connection and resumes at the next process. */
  drop(): void {
    const dropped = this.#socket;
    this.drops += 1;
    this.follow();
    dropped?.client.terminate();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#socket?.dispose();
  }

  #ended(generation: number, reason: unknown): void {
    if (generation === this.#generation && !this.#closed)
      this.problems.push(`ended by itself: ${String(reason)}`);
  }
}
