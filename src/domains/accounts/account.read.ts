import {
  booleanColumn,
  plainColumn,
  textColumn,
  timestampColumn,
  type Readable,
  type ReadableRoot,
} from '../../kernel/read/readable.js';
import { maxListedSessions } from './account.queries.js';

export const userReadable: Readable = {
  typeName: 'User',
  table: 'account',
  fields: { id: plainColumn('id'), username: textColumn('username'), name: textColumn('name') },
};

const accountReadable: Readable = {
  typeName: 'Account',
  table: 'account',
  fields: {
    id: plainColumn('id'),
    email: textColumn('email'),
    username: textColumn('username'),
    name: textColumn('name'),
    emailVerifiedAt: timestampColumn('email_verified_at'),
    platformAdmin: booleanColumn('platform_admin'),
    createdAt: timestampColumn('created_at'),
  },
};

const sessionReadable: Readable = {
  typeName: 'Session',
  table: 'session',
  fields: {
    id: plainColumn('id'),
    address: textColumn('address'),
    userAgent: textColumn('user_agent'),
    createdAt: timestampColumn('created_at'),
    lastSeenAt: timestampColumn('last_seen_at'),
    expiresAt: timestampColumn('expires_at'),
    endedAt: timestampColumn('ended_at'),
  },
};

/** `getOwnAccount` and `listOwnSessions` for the fast lane. */
export const accountReads: ReadableRoot[] = [
  {
    field: 'me',
    type: accountReadable,
    shape: 'one',
    within: 'account',
    conditions: ({ actor, bind }) => [`t.id = ${bind(actor.userId)}`],
  },
  {
    field: 'sessions',
    type: sessionReadable,
    shape: 'list',
    list: { orderBy: 't.created_at desc, t.id desc', limit: maxListedSessions },
    within: 'account',
    conditions: ({ actor, now, bind }) => [
      `t.account_id = ${bind(actor.userId)}`,
      't.ended_at is null',
      `t.expires_at > ${bind(now.toISOString())}`,
    ],
  },
];
