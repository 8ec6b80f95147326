import type { Known } from './known.js';

/** One operation of the schema, called with what somebody knows of another organization. */
export interface OperationCase {
  document: string;
  /** Left out for what takes nothing that could name another organization's things. */
  variables?: (known: Known, call: number) => Record<string, unknown>;
  /** Ends the caller's access, so that each call has a caller of its own. */
  endsAccess?: boolean;
}

const page =
  'edges { cursor node { id createdAt } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';
const environment = 'id name description status revision deletedAt owner { id name username }';

function withInput(
  name: string,
  type: string,
  selection: string,
  input: (known: Known, call: number) => Record<string, unknown>,
): OperationCase {
  return {
    document: `mutation ($input: ${type}!) { ${name}(input: $input) ${selection} }`,
    variables: (known, call) => ({ input: input(known, call) }),
  };
}

function onEnvironment(name: string): OperationCase {
  return withInput(name, 'EnvironmentIdInput', `{ ${environment} }`, ({ environmentId: id }) => ({ id }));
}

function list(name: string, cursor: (known: Known) => string): OperationCase {
  return {
    document: `query ($cursor: String) {
      forward: ${name}(after: $cursor, first: 100) { ${page} } backward: ${name}(before: $cursor, last: 100) { ${page} }
    }`,
    variables: (known) => ({ cursor: cursor(known) }),
  };
}

const feedFields = 'items { __typename cursor ... on FeedGap { reason } } cursor hasMore';

/** Every operation of the schema, reads first; a test compares the names with the schema's. */
export const operations: Record<string, OperationCase> = {
  'Query.me': { document: '{ me { id email username name platformAdmin } }' },
  'Query.sessions': { document: '{ sessions { id address userAgent } }' },
  'Query.errorCodes': { document: '{ errorCodes { code kind } }' },
  'Query.organization': { document: '{ organization { id name } }' },
  'Query.environment': {
    document: `query ($id: UUID!) { environment(id: $id) { ${environment} } }`,
    variables: ({ environmentId: id }) => ({ id }),
  },
  'Query.environments': list('environments', ({ environmentCursor }) => environmentCursor),
  'Query.invitations': list('invitations', ({ invitationCursor }) => invitationCursor),
  'Query.members': list('members', ({ memberCursor }) => memberCursor),
  'Query.myMemberships': list('myMemberships', ({ memberCursor }) => memberCursor),
  'Query.feed': {
    document: `query ($after: String) { feed(after: $after, first: 200) { ${feedFields} } }`,
    variables: ({ feedCursor: after }) => ({ after }),
  },

  'Mutation.updateEnvironment': withInput(
    'updateEnvironment',
    'UpdateEnvironmentInput',
    `{ ${environment} }`,
    ({ environmentId: id, idempotencyKey }) => ({
      id,
      expectedRevision: 1,
      name: 'taken over',
      idempotencyKey,
    }),
  ),
  'Mutation.publishEnvironment': onEnvironment('publishEnvironment'),
  'Mutation.archiveEnvironment': onEnvironment('archiveEnvironment'),
  'Mutation.unarchiveEnvironment': onEnvironment('unarchiveEnvironment'),
  'Mutation.deleteEnvironment': onEnvironment('deleteEnvironment'),
  'Mutation.restoreEnvironment': onEnvironment('restoreEnvironment'),
  'Mutation.createEnvironment': withInput(
    'createEnvironment',
    'CreateEnvironmentInput',
    '{ name description status revision }',
    ({ idempotencyKey }) => ({ name: 'our own', idempotencyKey }),
  ),
  'Mutation.changeMemberRole': withInput(
    'changeMemberRole',
    'ChangeMemberRoleInput',
    '{ id role user { id } organization { id } }',
    ({ userId }) => ({ userId, role: 'VIEWER' }),
  ),
  'Mutation.removeMember': withInput('removeMember', 'RemoveMemberInput', '', ({ userId }) => ({ userId })),
  'Mutation.inviteMember': withInput(
    'inviteMember',
    'InviteMemberInput',
    '{ email role }',
    ({ email, idempotencyKey }) => ({ email, role: 'VIEWER', idempotencyKey }),
  ),
  'Mutation.withdrawInvitation': withInput(
    'withdrawInvitation',
    'WithdrawInvitationInput',
    '{ id email withdrawnAt }',
    ({ invitationId }) => ({ invitationId }),
  ),
  'Mutation.acceptInvitation': withInput(
    'acceptInvitation',
    'AcceptInvitationInput',
    '{ id name }',
    ({ invitationId: token }) => ({ token }),
  ),
  'Mutation.createOrganization': withInput(
    'createOrganization',
    'CreateOrganizationInput',
    '{ name }',
    ({ idempotencyKey }) => ({ name: 'our own', idempotencyKey }),
  ),
  'Mutation.renameOrganization': {
    document: 'mutation { renameOrganization(input: {name: "our own"}) { name } }',
  },
  'Mutation.switchOrganization': withInput(
    'switchOrganization',
    'SwitchOrganizationInput',
    '{ accessToken }',
    ({ orgId: organizationId }) => ({ organizationId }),
  ),
  'Mutation.register': withInput('register', 'RegisterInput', '{ email }', ({ email }, call) => ({
    email,
    username: `newcomer-${call}`,
    password: 'correct horse battery',
  })),
  'Mutation.resendVerification': withInput(
    'resendVerification',
    'ResendVerificationInput',
    '{ email }',
    ({ email }) => ({ email }),
  ),
  'Mutation.verifyEmail': withInput(
    'verifyEmail',
    'VerifyEmailInput',
    '{ id email }',
    ({ userId: token }) => ({
      token,
    }),
  ),
  'Mutation.signIn': withInput('signIn', 'SignInInput', '{ account { id } }', ({ email: login }) => ({
    login,
    password: 'not the right one',
  })),
  'Mutation.refreshTokens': withInput(
    'refreshTokens',
    'RefreshTokensInput',
    '{ account { id } }',
    ({ sessionId: refreshToken }) => ({ refreshToken }),
  ),
  'Mutation.endSession': withInput('endSession', 'EndSessionInput', '{ id endedAt }', ({ sessionId }) => ({
    sessionId,
  })),
  'Mutation.endOtherSessions': { document: 'mutation { endOtherSessions { endedCount } }', endsAccess: true },
  'Mutation.leaveOrganization': { document: 'mutation { leaveOrganization }', endsAccess: true },
  'Mutation.signOut': { document: 'mutation { signOut }', endsAccess: true },

  'Subscription.feed': {
    document: `subscription ($after: String) { feed(after: $after) {
      __typename cursor
      ... on FeedGap { reason }
      ... on EnvironmentChanged { change environmentId environment { id name } }
    } }`,
    variables: ({ feedCursor: after }) => ({ after }),
  },
};
