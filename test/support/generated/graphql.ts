/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type AcceptInvitationInput = {
  /** From the link in the mail. */
  token: string;
};

export type ChangeMemberRoleInput = {
  role: Role;
  userId: string;
};

export type CreateEnvironmentInput = {
  description?: string | null | undefined;
  /** Repeats with the same key give the first answer again. */
  idempotencyKey?: string | null | undefined;
  name: string;
};

export type CreateOrganizationInput = {
  /** Repeats with the same key give the first answer again. */
  idempotencyKey?: string | null | undefined;
  name: string;
};

export type EndSessionInput = {
  sessionId: string;
};

export type EnvironmentChange =
  | 'ARCHIVED'
  | 'CREATED'
  | 'DELETED'
  | 'PUBLISHED'
  | 'RESTORED'
  | 'UNARCHIVED'
  | 'UPDATED';

export type EnvironmentFilter = {
  /** The deleted ones that you may restore, and only these. */
  deleted?: boolean | null | undefined;
  /** Only your own. */
  mine?: boolean | null | undefined;
  /** Any of these; all when left out. */
  statuses?: Array<EnvironmentStatus> | null | undefined;
};

/** Names an environment. */
export type EnvironmentIdInput = {
  id: string;
};

export type EnvironmentStatus =
  /** Put away; seen as a draft is. */
  | 'ARCHIVED'
  /** Seen by its owner and by owners and admins of the organization. */
  | 'DRAFT'
  /** Seen by the whole organization. */
  | 'PUBLISHED';

/** What `extensions.code` of an error can be. A code never changes once released. */
export type ErrorCode =
  /** The access token has expired or was overtaken by a change. Refresh it and repeat. */
  | 'ACCOUNTS_ACCESS_TOKEN_REFUSED'
  /** The password is that of a registration that is not verified. The mail that was sent says what to do. */
  | 'ACCOUNTS_EMAIL_NOT_VERIFIED'
  /** There is no account with this login and password. */
  | 'ACCOUNTS_INVALID_CREDENTIALS'
  /** The refresh token is unknown, expired or spent, or its session has ended. Sign in again. */
  | 'ACCOUNTS_REFRESH_TOKEN_REFUSED'
  /** Another account has this username. Choose another one. */
  | 'ACCOUNTS_USERNAME_TAKEN'
  /** The verification token is unknown, used or expired. Ask for a new mail. */
  | 'ACCOUNTS_VERIFICATION_INVALID'
  /** Several registrations wait for this address. Repeat with the password of the one that is meant. */
  | 'ACCOUNTS_VERIFICATION_NEEDS_PASSWORD'
  /** The request is not a GraphQL request. */
  | 'BAD_REQUEST'
  /** A variable or argument is not of its type. */
  | 'BAD_USER_INPUT'
  /** The server has too much to do just now. Repeat shortly. */
  | 'BUSY'
  /** The cursor was not made by this list. Start again without one. */
  | 'CURSOR_INVALID'
  /** Somebody changed it since you read it. Read it again and repeat the edit. */
  | 'EDIT_CONFLICT'
  /** The environment is not in a state from which this can be done. The message says which. */
  | 'ENVIRONMENTS_WRONG_STATUS'
  /** The signed-in account may see this but not do it. */
  | 'FORBIDDEN'
  /** The document is not GraphQL. */
  | 'GRAPHQL_PARSE_FAILED'
  /** The document does not fit the schema. */
  | 'GRAPHQL_VALIDATION_FAILED'
  /** The idempotency key was used before with other input. Use a fresh key. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** The input breaks a rule. `field` and `violations` say which. */
  | 'INPUT_INVALID'
  /** Something failed on our side. Quote the request id when you report it. */
  | 'INTERNAL_ERROR'
  /** It does not exist, or is not visible to you. */
  | 'NOT_FOUND'
  /** The document has no operation of that name. */
  | 'OPERATION_RESOLUTION_FAILURE'
  /** An invitation to this address is open. Withdraw it first to send another. */
  | 'ORGANIZATIONS_ALREADY_INVITED'
  /** This person is already a member. */
  | 'ORGANIZATIONS_ALREADY_MEMBER'
  /** The invitation is for another address. Sign in with the account of that address. */
  | 'ORGANIZATIONS_INVITATION_FOR_OTHER_ADDRESS'
  /** The invitation is unknown, used, withdrawn or expired. Ask for a new one. */
  | 'ORGANIZATIONS_INVITATION_INVALID'
  /** An organization always has an owner. Make somebody else an owner first. */
  | 'ORGANIZATIONS_LAST_OWNER'
  /** The operation acts in an organization, and none is active. Switch to one first. */
  | 'ORGANIZATION_REQUIRED'
  /** Send the whole document once. */
  | 'PERSISTED_QUERY_NOT_FOUND'
  /** Send the whole document. */
  | 'PERSISTED_QUERY_NOT_SUPPORTED'
  /** The operation needs a signed-in account. Sign in, or send a valid access token. */
  | 'UNAUTHENTICATED';

/** What an error code means in general. */
export type ErrorKind =
  | 'CONFLICT'
  | 'FORBIDDEN'
  | 'INVALID'
  | 'NOT_FOUND'
  | 'QUOTA'
  | 'RATE_LIMITED'
  | 'UNAUTHENTICATED'
  | 'UNAVAILABLE';

/** Why events before this entry cannot be given. */
export type FeedGapReason =
  /** They have been trimmed from the log. */
  | 'CURSOR_TOO_OLD'
  /** The database was restored or failed over since the cursor was given. */
  | 'LOG_RESTORED'
  /** The cursor is from another organization. */
  | 'STREAM_NOT_COVERED';

/** What the feed can be narrowed to. */
export type FeedTopic =
  | 'ENVIRONMENTS';

export type InviteMemberInput = {
  email: string;
  /** Repeats with the same key give the first answer again. */
  idempotencyKey?: string | null | undefined;
  role: Role;
};

export type RefreshTokensInput = {
  refreshToken: string;
};

export type RegisterInput = {
  email: string;
  /** What other people see; the username if left out. */
  name?: string | null | undefined;
  /** At least 8 characters. */
  password: string;
  /** 3 to 32 letters, digits, dots, hyphens or underscores. */
  username: string;
};

export type RemoveMemberInput = {
  userId: string;
};

export type RenameOrganizationInput = {
  name: string;
};

export type ResendVerificationInput = {
  email: string;
};

/** What a person may do in an organization. */
export type Role =
  /** Everything but what concerns owners. */
  | 'ADMIN'
  /** A teacher or creator: makes environments. */
  | 'MEMBER'
  /** Everything, and making other owners. */
  | 'OWNER'
  /** A student: sees what is shared. */
  | 'VIEWER';

export type SignInInput = {
  /** E-mail address or username. */
  login: string;
  password: string;
};

export type SwitchOrganizationInput = {
  organizationId: string;
};

export type UpdateEnvironmentInput = {
  description?: string | null | undefined;
  /** The revision that the edit was made on. */
  expectedRevision: number;
  id: string;
  /** Repeats with the same key give the first answer again, instead of a conflict. */
  idempotencyKey?: string | null | undefined;
  name?: string | null | undefined;
};

export type VerifyEmailInput = {
  /** The password of the registration that is meant; needed when several wait for the address (ACCOUNTS_VERIFICATION_NEEDS_PASSWORD). */
  password?: string | null | undefined;
  /** From the link in the mail. */
  token: string;
};

export type WithdrawInvitationInput = {
  invitationId: string;
};

export type ErrorsCodesQueryVariables = Exact<{ [key: string]: never; }>;


export type ErrorsCodesQuery = { errorCodes: Array<{ code: ErrorCode, kind: ErrorKind, description: string }> };

export type ErrorsFollowFeedSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type ErrorsFollowFeedSubscription = { feed:
    | { cursor: string }
    | { cursor: string }
   };

export type AccountsRegisterMutationVariables = Exact<{
  input: RegisterInput;
}>;


export type AccountsRegisterMutation = { register: { email: string } };

export type AccountsResendMutationVariables = Exact<{
  input: ResendVerificationInput;
}>;


export type AccountsResendMutation = { resendVerification: { email: string } };

export type AccountsVerifyMutationVariables = Exact<{
  input: VerifyEmailInput;
}>;


export type AccountsVerifyMutation = { verifyEmail: { id: string, email: string, username: string, name: string, emailVerifiedAt: string, platformAdmin: boolean } };

export type AccountsSignInMutationVariables = Exact<{
  input: SignInInput;
}>;


export type AccountsSignInMutation = { signIn: { accessToken: string, accessTokenExpiresAt: string, refreshToken: string, refreshTokenExpiresAt: string, account: { id: string, username: string }, session: { id: string, address: string | null, userAgent: string | null } } };

export type AccountsRefreshMutationVariables = Exact<{
  input: RefreshTokensInput;
}>;


export type AccountsRefreshMutation = { refreshTokens: { accessToken: string, refreshToken: string, refreshTokenExpiresAt: string, session: { id: string } } };

export type AccountsMeQueryVariables = Exact<{ [key: string]: never; }>;


export type AccountsMeQuery = { me: { id: string, username: string } | null };

export type AccountsSessionsQueryVariables = Exact<{ [key: string]: never; }>;


export type AccountsSessionsQuery = { sessions: Array<{ id: string, userAgent: string | null, address: string | null, endedAt: string | null, lastSeenAt: string }> };

export type AccountsSignOutMutationVariables = Exact<{ [key: string]: never; }>;


export type AccountsSignOutMutation = { signOut: boolean };

export type AccountsEndSessionMutationVariables = Exact<{
  input: EndSessionInput;
}>;


export type AccountsEndSessionMutation = { endSession: { id: string, endedAt: string | null } };

export type AccountsEndOthersMutationVariables = Exact<{ [key: string]: never; }>;


export type AccountsEndOthersMutation = { endOtherSessions: { endedCount: number } };

export type AccountsFollowFeedSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type AccountsFollowFeedSubscription = { feed:
    | { __typename: 'EnvironmentChanged', cursor: string }
    | { __typename: 'FeedGap', cursor: string }
   };

export type AccountsAdminMeQueryVariables = Exact<{ [key: string]: never; }>;


export type AccountsAdminMeQuery = { me: { username: string, email: string, platformAdmin: boolean } | null };

export type EnvironmentsCreateMutationVariables = Exact<{
  input: CreateEnvironmentInput;
}>;


export type EnvironmentsCreateMutation = { createEnvironment: { id: string, name: string, description: string, status: EnvironmentStatus, revision: number, createdAt: string, deletedAt: string | null, owner: { id: string } } };

export type EnvironmentsUpdateMutationVariables = Exact<{
  input: UpdateEnvironmentInput;
}>;


export type EnvironmentsUpdateMutation = { updateEnvironment: { id: string, name: string, description: string, revision: number, status: EnvironmentStatus } };

export type EnvironmentsPublishMutationVariables = Exact<{
  input: EnvironmentIdInput;
}>;


export type EnvironmentsPublishMutation = { publishEnvironment: { id: string, status: EnvironmentStatus, revision: number, deletedAt: string | null } };

export type EnvironmentsArchiveMutationVariables = Exact<{
  input: EnvironmentIdInput;
}>;


export type EnvironmentsArchiveMutation = { archiveEnvironment: { id: string, status: EnvironmentStatus, revision: number, deletedAt: string | null } };

export type EnvironmentsUnarchiveMutationVariables = Exact<{
  input: EnvironmentIdInput;
}>;


export type EnvironmentsUnarchiveMutation = { unarchiveEnvironment: { id: string, status: EnvironmentStatus, revision: number, deletedAt: string | null } };

export type EnvironmentsDeleteMutationVariables = Exact<{
  input: EnvironmentIdInput;
}>;


export type EnvironmentsDeleteMutation = { deleteEnvironment: { id: string, status: EnvironmentStatus, revision: number, deletedAt: string | null } };

export type EnvironmentsRestoreMutationVariables = Exact<{
  input: EnvironmentIdInput;
}>;


export type EnvironmentsRestoreMutation = { restoreEnvironment: { id: string, status: EnvironmentStatus, revision: number, deletedAt: string | null } };

export type EnvironmentsGetQueryVariables = Exact<{
  id: string;
}>;


export type EnvironmentsGetQuery = { environment: { id: string, name: string, description: string, status: EnvironmentStatus, revision: number, deletedAt: string | null, owner: { id: string } } };

export type EnvironmentsPageQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  filter?: EnvironmentFilter | null | undefined;
}>;


export type EnvironmentsPageQuery = { environments: { edges: Array<{ cursor: string, node: { id: string, name: string, status: EnvironmentStatus } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } };

export type FeedPageEnvironmentsQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type FeedPageEnvironmentsQuery = { feed: { items: Array<
      | { change: EnvironmentChange, environmentId: string, environment: { name: string } | null }
      | Record<PropertyKey, never>
    > } };

export type FeedCreateEnvironmentMutationVariables = Exact<{
  input: CreateEnvironmentInput;
}>;


export type FeedCreateEnvironmentMutation = { createEnvironment: { id: string, revision: number } };

export type FeedUpdateEnvironmentMutationVariables = Exact<{
  input: UpdateEnvironmentInput;
}>;


export type FeedUpdateEnvironmentMutation = { updateEnvironment: { revision: number } };

export type FeedPublishEnvironmentMutationVariables = Exact<{
  input: EnvironmentIdInput;
}>;


export type FeedPublishEnvironmentMutation = { publishEnvironment: { id: string } };

export type FeedArchiveEnvironmentMutationVariables = Exact<{
  input: EnvironmentIdInput;
}>;


export type FeedArchiveEnvironmentMutation = { archiveEnvironment: { id: string } };

export type FeedUnarchiveEnvironmentMutationVariables = Exact<{
  input: EnvironmentIdInput;
}>;


export type FeedUnarchiveEnvironmentMutation = { unarchiveEnvironment: { id: string } };

export type FeedDeleteEnvironmentMutationVariables = Exact<{
  input: EnvironmentIdInput;
}>;


export type FeedDeleteEnvironmentMutation = { deleteEnvironment: { id: string } };

export type FeedRestoreEnvironmentMutationVariables = Exact<{
  input: EnvironmentIdInput;
}>;


export type FeedRestoreEnvironmentMutation = { restoreEnvironment: { id: string } };

export type FeedRemoveMemberMutationVariables = Exact<{
  input: RemoveMemberInput;
}>;


export type FeedRemoveMemberMutation = { removeMember: boolean };

export type FeedChangeMemberRoleMutationVariables = Exact<{
  input: ChangeMemberRoleInput;
}>;


export type FeedChangeMemberRoleMutation = { changeMemberRole: { role: Role } };

export type FeedFollowSubscriptionVariables = Exact<{
  after?: string | null | undefined;
  topics?: Array<FeedTopic> | FeedTopic | null | undefined;
}>;


export type FeedFollowSubscription = { feed:
    | { __typename: 'EnvironmentChanged', change: EnvironmentChange, environmentId: string, cursor: string, environment: { name: string, status: EnvironmentStatus, owner: { id: string } } | null }
    | { __typename: 'FeedGap', reason: FeedGapReason, cursor: string }
   };

export type FeedPollQueryVariables = Exact<{
  after?: string | null | undefined;
  first?: number | null | undefined;
}>;


export type FeedPollQuery = { feed: { cursor: string, hasMore: boolean, items: Array<
      | { __typename: 'EnvironmentChanged', change: EnvironmentChange, environmentId: string, cursor: string }
      | { __typename: 'FeedGap', reason: FeedGapReason, cursor: string }
    > } };

export type OrganizationsCreateMutationVariables = Exact<{
  input: CreateOrganizationInput;
}>;


export type OrganizationsCreateMutation = { createOrganization: { id: string, name: string, createdAt: string } };

export type OrganizationsRenameMutationVariables = Exact<{
  input: RenameOrganizationInput;
}>;


export type OrganizationsRenameMutation = { renameOrganization: { id: string, name: string } };

export type OrganizationsSwitchMutationVariables = Exact<{
  input: SwitchOrganizationInput;
}>;


export type OrganizationsSwitchMutation = { switchOrganization: { accessToken: string, accessTokenExpiresAt: string } };

export type OrganizationsActiveQueryVariables = Exact<{ [key: string]: never; }>;


export type OrganizationsActiveQuery = { organization: { id: string, name: string } };

export type OrganizationsMembersQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type OrganizationsMembersQuery = { members: { edges: Array<{ node: { role: Role, user: { id: string, username: string } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type OrganizationsMineQueryVariables = Exact<{ [key: string]: never; }>;


export type OrganizationsMineQuery = { myMemberships: { edges: Array<{ node: { role: Role, organization: { id: string, name: string } } }> } };

export type OrganizationsInvitationsQueryVariables = Exact<{ [key: string]: never; }>;


export type OrganizationsInvitationsQuery = { invitations: { edges: Array<{ node: { id: string, email: string, role: Role, invitedBy: { id: string } } }> } };

export type OrganizationsInvitationsByResolverQueryVariables = Exact<{ [key: string]: never; }>;


export type OrganizationsInvitationsByResolverQuery = { invitations: { edges: Array<{ node: { id: string } }> }, errorCodes: Array<{ code: ErrorCode }> };

export type OrganizationsInviteMutationVariables = Exact<{
  input: InviteMemberInput;
}>;


export type OrganizationsInviteMutation = { inviteMember: { id: string, email: string, role: Role, expiresAt: string, invitedBy: { id: string } } };

export type OrganizationsWithdrawMutationVariables = Exact<{
  input: WithdrawInvitationInput;
}>;


export type OrganizationsWithdrawMutation = { withdrawInvitation: { id: string, withdrawnAt: string | null } };

export type OrganizationsAcceptMutationVariables = Exact<{
  input: AcceptInvitationInput;
}>;


export type OrganizationsAcceptMutation = { acceptInvitation: { id: string, name: string } };

export type OrganizationsChangeRoleMutationVariables = Exact<{
  input: ChangeMemberRoleInput;
}>;


export type OrganizationsChangeRoleMutation = { changeMemberRole: { role: Role, user: { id: string } } };

export type OrganizationsRemoveMutationVariables = Exact<{
  input: RemoveMemberInput;
}>;


export type OrganizationsRemoveMutation = { removeMember: boolean };

export type OrganizationsLeaveMutationVariables = Exact<{ [key: string]: never; }>;


export type OrganizationsLeaveMutation = { leaveOrganization: boolean };

export type OutboxCreateEnvironmentMutationVariables = Exact<{
  input: CreateEnvironmentInput;
}>;


export type OutboxCreateEnvironmentMutation = { createEnvironment: { id: string } };

export type OutboxUpdateEnvironmentMutationVariables = Exact<{
  input: UpdateEnvironmentInput;
}>;


export type OutboxUpdateEnvironmentMutation = { updateEnvironment: { revision: number } };

export type OutboxInviteMemberMutationVariables = Exact<{
  input: InviteMemberInput;
}>;


export type OutboxInviteMemberMutation = { inviteMember: { id: string } };

export type OutboxCursorOfNowQueryVariables = Exact<{ [key: string]: never; }>;


export type OutboxCursorOfNowQuery = { feed: { cursor: string } };

export type OutboxFollowSubscriptionVariables = Exact<{
  after: string;
}>;


export type OutboxFollowSubscription = { feed:
    | { __typename: 'EnvironmentChanged', change: EnvironmentChange, environmentId: string, cursor: string }
    | { __typename: 'FeedGap', cursor: string }
   };

export type FactoryCreateOrganizationMutationVariables = Exact<{
  input: CreateOrganizationInput;
}>;


export type FactoryCreateOrganizationMutation = { createOrganization: { id: string } };

export type FactorySwitchOrganizationMutationVariables = Exact<{
  input: SwitchOrganizationInput;
}>;


export type FactorySwitchOrganizationMutation = { switchOrganization: { accessToken: string } };

export type FactorySignInMutationVariables = Exact<{
  input: SignInInput;
}>;


export type FactorySignInMutation = { signIn: { accessToken: string, refreshToken: string, session: { id: string } } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}

export const ErrorsCodesDocument = new TypedDocumentString(`
    query ErrorsCodes {
  errorCodes {
    code
    kind
    description
  }
}
    `) as unknown as TypedDocumentString<ErrorsCodesQuery, ErrorsCodesQueryVariables>;
export const ErrorsFollowFeedDocument = new TypedDocumentString(`
    subscription ErrorsFollowFeed($after: String) {
  feed(after: $after) {
    cursor
  }
}
    `) as unknown as TypedDocumentString<ErrorsFollowFeedSubscription, ErrorsFollowFeedSubscriptionVariables>;
export const AccountsRegisterDocument = new TypedDocumentString(`
    mutation AccountsRegister($input: RegisterInput!) {
  register(input: $input) {
    email
  }
}
    `) as unknown as TypedDocumentString<AccountsRegisterMutation, AccountsRegisterMutationVariables>;
export const AccountsResendDocument = new TypedDocumentString(`
    mutation AccountsResend($input: ResendVerificationInput!) {
  resendVerification(input: $input) {
    email
  }
}
    `) as unknown as TypedDocumentString<AccountsResendMutation, AccountsResendMutationVariables>;
export const AccountsVerifyDocument = new TypedDocumentString(`
    mutation AccountsVerify($input: VerifyEmailInput!) {
  verifyEmail(input: $input) {
    id
    email
    username
    name
    emailVerifiedAt
    platformAdmin
  }
}
    `) as unknown as TypedDocumentString<AccountsVerifyMutation, AccountsVerifyMutationVariables>;
export const AccountsSignInDocument = new TypedDocumentString(`
    mutation AccountsSignIn($input: SignInInput!) {
  signIn(input: $input) {
    accessToken
    accessTokenExpiresAt
    refreshToken
    refreshTokenExpiresAt
    account {
      id
      username
    }
    session {
      id
      address
      userAgent
    }
  }
}
    `) as unknown as TypedDocumentString<AccountsSignInMutation, AccountsSignInMutationVariables>;
export const AccountsRefreshDocument = new TypedDocumentString(`
    mutation AccountsRefresh($input: RefreshTokensInput!) {
  refreshTokens(input: $input) {
    accessToken
    refreshToken
    refreshTokenExpiresAt
    session {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<AccountsRefreshMutation, AccountsRefreshMutationVariables>;
export const AccountsMeDocument = new TypedDocumentString(`
    query AccountsMe {
  me {
    id
    username
  }
}
    `) as unknown as TypedDocumentString<AccountsMeQuery, AccountsMeQueryVariables>;
export const AccountsSessionsDocument = new TypedDocumentString(`
    query AccountsSessions {
  sessions {
    id
    userAgent
    address
    endedAt
    lastSeenAt
  }
}
    `) as unknown as TypedDocumentString<AccountsSessionsQuery, AccountsSessionsQueryVariables>;
export const AccountsSignOutDocument = new TypedDocumentString(`
    mutation AccountsSignOut {
  signOut
}
    `) as unknown as TypedDocumentString<AccountsSignOutMutation, AccountsSignOutMutationVariables>;
export const AccountsEndSessionDocument = new TypedDocumentString(`
    mutation AccountsEndSession($input: EndSessionInput!) {
  endSession(input: $input) {
    id
    endedAt
  }
}
    `) as unknown as TypedDocumentString<AccountsEndSessionMutation, AccountsEndSessionMutationVariables>;
export const AccountsEndOthersDocument = new TypedDocumentString(`
    mutation AccountsEndOthers {
  endOtherSessions {
    endedCount
  }
}
    `) as unknown as TypedDocumentString<AccountsEndOthersMutation, AccountsEndOthersMutationVariables>;
export const AccountsFollowFeedDocument = new TypedDocumentString(`
    subscription AccountsFollowFeed($after: String) {
  feed(after: $after) {
    __typename
    cursor
  }
}
    `) as unknown as TypedDocumentString<AccountsFollowFeedSubscription, AccountsFollowFeedSubscriptionVariables>;
export const AccountsAdminMeDocument = new TypedDocumentString(`
    query AccountsAdminMe {
  me {
    username
    email
    platformAdmin
  }
}
    `) as unknown as TypedDocumentString<AccountsAdminMeQuery, AccountsAdminMeQueryVariables>;
export const EnvironmentsCreateDocument = new TypedDocumentString(`
    mutation EnvironmentsCreate($input: CreateEnvironmentInput!) {
  createEnvironment(input: $input) {
    id
    name
    description
    status
    revision
    createdAt
    deletedAt
    owner {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<EnvironmentsCreateMutation, EnvironmentsCreateMutationVariables>;
export const EnvironmentsUpdateDocument = new TypedDocumentString(`
    mutation EnvironmentsUpdate($input: UpdateEnvironmentInput!) {
  updateEnvironment(input: $input) {
    id
    name
    description
    revision
    status
  }
}
    `) as unknown as TypedDocumentString<EnvironmentsUpdateMutation, EnvironmentsUpdateMutationVariables>;
export const EnvironmentsPublishDocument = new TypedDocumentString(`
    mutation EnvironmentsPublish($input: EnvironmentIdInput!) {
  publishEnvironment(input: $input) {
    id
    status
    revision
    deletedAt
  }
}
    `) as unknown as TypedDocumentString<EnvironmentsPublishMutation, EnvironmentsPublishMutationVariables>;
export const EnvironmentsArchiveDocument = new TypedDocumentString(`
    mutation EnvironmentsArchive($input: EnvironmentIdInput!) {
  archiveEnvironment(input: $input) {
    id
    status
    revision
    deletedAt
  }
}
    `) as unknown as TypedDocumentString<EnvironmentsArchiveMutation, EnvironmentsArchiveMutationVariables>;
export const EnvironmentsUnarchiveDocument = new TypedDocumentString(`
    mutation EnvironmentsUnarchive($input: EnvironmentIdInput!) {
  unarchiveEnvironment(input: $input) {
    id
    status
    revision
    deletedAt
  }
}
    `) as unknown as TypedDocumentString<EnvironmentsUnarchiveMutation, EnvironmentsUnarchiveMutationVariables>;
export const EnvironmentsDeleteDocument = new TypedDocumentString(`
    mutation EnvironmentsDelete($input: EnvironmentIdInput!) {
  deleteEnvironment(input: $input) {
    id
    status
    revision
    deletedAt
  }
}
    `) as unknown as TypedDocumentString<EnvironmentsDeleteMutation, EnvironmentsDeleteMutationVariables>;
export const EnvironmentsRestoreDocument = new TypedDocumentString(`
    mutation EnvironmentsRestore($input: EnvironmentIdInput!) {
  restoreEnvironment(input: $input) {
    id
    status
    revision
    deletedAt
  }
}
    `) as unknown as TypedDocumentString<EnvironmentsRestoreMutation, EnvironmentsRestoreMutationVariables>;
export const EnvironmentsGetDocument = new TypedDocumentString(`
    query EnvironmentsGet($id: UUID!) {
  environment(id: $id) {
    id
    name
    description
    status
    revision
    deletedAt
    owner {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<EnvironmentsGetQuery, EnvironmentsGetQueryVariables>;
export const EnvironmentsPageDocument = new TypedDocumentString(`
    query EnvironmentsPage($first: Int, $after: String, $last: Int, $before: String, $filter: EnvironmentFilter) {
  environments(
    first: $first
    after: $after
    last: $last
    before: $before
    filter: $filter
  ) {
    edges {
      cursor
      node {
        id
        name
        status
      }
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<EnvironmentsPageQuery, EnvironmentsPageQueryVariables>;
export const FeedPageEnvironmentsDocument = new TypedDocumentString(`
    query FeedPageEnvironments($after: String) {
  feed(after: $after, first: 200) {
    items {
      ... on EnvironmentChanged {
        change
        environmentId
        environment {
          name
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<FeedPageEnvironmentsQuery, FeedPageEnvironmentsQueryVariables>;
export const FeedCreateEnvironmentDocument = new TypedDocumentString(`
    mutation FeedCreateEnvironment($input: CreateEnvironmentInput!) {
  createEnvironment(input: $input) {
    id
    revision
  }
}
    `) as unknown as TypedDocumentString<FeedCreateEnvironmentMutation, FeedCreateEnvironmentMutationVariables>;
export const FeedUpdateEnvironmentDocument = new TypedDocumentString(`
    mutation FeedUpdateEnvironment($input: UpdateEnvironmentInput!) {
  updateEnvironment(input: $input) {
    revision
  }
}
    `) as unknown as TypedDocumentString<FeedUpdateEnvironmentMutation, FeedUpdateEnvironmentMutationVariables>;
export const FeedPublishEnvironmentDocument = new TypedDocumentString(`
    mutation FeedPublishEnvironment($input: EnvironmentIdInput!) {
  publishEnvironment(input: $input) {
    id
  }
}
    `) as unknown as TypedDocumentString<FeedPublishEnvironmentMutation, FeedPublishEnvironmentMutationVariables>;
export const FeedArchiveEnvironmentDocument = new TypedDocumentString(`
    mutation FeedArchiveEnvironment($input: EnvironmentIdInput!) {
  archiveEnvironment(input: $input) {
    id
  }
}
    `) as unknown as TypedDocumentString<FeedArchiveEnvironmentMutation, FeedArchiveEnvironmentMutationVariables>;
export const FeedUnarchiveEnvironmentDocument = new TypedDocumentString(`
    mutation FeedUnarchiveEnvironment($input: EnvironmentIdInput!) {
  unarchiveEnvironment(input: $input) {
    id
  }
}
    `) as unknown as TypedDocumentString<FeedUnarchiveEnvironmentMutation, FeedUnarchiveEnvironmentMutationVariables>;
export const FeedDeleteEnvironmentDocument = new TypedDocumentString(`
    mutation FeedDeleteEnvironment($input: EnvironmentIdInput!) {
  deleteEnvironment(input: $input) {
    id
  }
}
    `) as unknown as TypedDocumentString<FeedDeleteEnvironmentMutation, FeedDeleteEnvironmentMutationVariables>;
export const FeedRestoreEnvironmentDocument = new TypedDocumentString(`
    mutation FeedRestoreEnvironment($input: EnvironmentIdInput!) {
  restoreEnvironment(input: $input) {
    id
  }
}
    `) as unknown as TypedDocumentString<FeedRestoreEnvironmentMutation, FeedRestoreEnvironmentMutationVariables>;
export const FeedRemoveMemberDocument = new TypedDocumentString(`
    mutation FeedRemoveMember($input: RemoveMemberInput!) {
  removeMember(input: $input)
}
    `) as unknown as TypedDocumentString<FeedRemoveMemberMutation, FeedRemoveMemberMutationVariables>;
export const FeedChangeMemberRoleDocument = new TypedDocumentString(`
    mutation FeedChangeMemberRole($input: ChangeMemberRoleInput!) {
  changeMemberRole(input: $input) {
    role
  }
}
    `) as unknown as TypedDocumentString<FeedChangeMemberRoleMutation, FeedChangeMemberRoleMutationVariables>;
export const FeedFollowDocument = new TypedDocumentString(`
    subscription FeedFollow($after: String, $topics: [FeedTopic!]) {
  feed(after: $after, topics: $topics) {
    __typename
    cursor
    ... on EnvironmentChanged {
      change
      environmentId
      environment {
        name
        status
        owner {
          id
        }
      }
    }
    ... on FeedGap {
      reason
    }
  }
}
    `) as unknown as TypedDocumentString<FeedFollowSubscription, FeedFollowSubscriptionVariables>;
export const FeedPollDocument = new TypedDocumentString(`
    query FeedPoll($after: String, $first: Int) {
  feed(after: $after, first: $first) {
    items {
      __typename
      cursor
      ... on EnvironmentChanged {
        change
        environmentId
      }
      ... on FeedGap {
        reason
      }
    }
    cursor
    hasMore
  }
}
    `) as unknown as TypedDocumentString<FeedPollQuery, FeedPollQueryVariables>;
export const OrganizationsCreateDocument = new TypedDocumentString(`
    mutation OrganizationsCreate($input: CreateOrganizationInput!) {
  createOrganization(input: $input) {
    id
    name
    createdAt
  }
}
    `) as unknown as TypedDocumentString<OrganizationsCreateMutation, OrganizationsCreateMutationVariables>;
export const OrganizationsRenameDocument = new TypedDocumentString(`
    mutation OrganizationsRename($input: RenameOrganizationInput!) {
  renameOrganization(input: $input) {
    id
    name
  }
}
    `) as unknown as TypedDocumentString<OrganizationsRenameMutation, OrganizationsRenameMutationVariables>;
export const OrganizationsSwitchDocument = new TypedDocumentString(`
    mutation OrganizationsSwitch($input: SwitchOrganizationInput!) {
  switchOrganization(input: $input) {
    accessToken
    accessTokenExpiresAt
  }
}
    `) as unknown as TypedDocumentString<OrganizationsSwitchMutation, OrganizationsSwitchMutationVariables>;
export const OrganizationsActiveDocument = new TypedDocumentString(`
    query OrganizationsActive {
  organization {
    id
    name
  }
}
    `) as unknown as TypedDocumentString<OrganizationsActiveQuery, OrganizationsActiveQueryVariables>;
export const OrganizationsMembersDocument = new TypedDocumentString(`
    query OrganizationsMembers($first: Int, $after: String) {
  members(first: $first, after: $after) {
    edges {
      node {
        role
        user {
          id
          username
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<OrganizationsMembersQuery, OrganizationsMembersQueryVariables>;
export const OrganizationsMineDocument = new TypedDocumentString(`
    query OrganizationsMine {
  myMemberships {
    edges {
      node {
        role
        organization {
          id
          name
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<OrganizationsMineQuery, OrganizationsMineQueryVariables>;
export const OrganizationsInvitationsDocument = new TypedDocumentString(`
    query OrganizationsInvitations {
  invitations {
    edges {
      node {
        id
        email
        role
        invitedBy {
          id
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<OrganizationsInvitationsQuery, OrganizationsInvitationsQueryVariables>;
export const OrganizationsInvitationsByResolverDocument = new TypedDocumentString(`
    query OrganizationsInvitationsByResolver {
  invitations {
    edges {
      node {
        id
      }
    }
  }
  errorCodes {
    code
  }
}
    `) as unknown as TypedDocumentString<OrganizationsInvitationsByResolverQuery, OrganizationsInvitationsByResolverQueryVariables>;
export const OrganizationsInviteDocument = new TypedDocumentString(`
    mutation OrganizationsInvite($input: InviteMemberInput!) {
  inviteMember(input: $input) {
    id
    email
    role
    expiresAt
    invitedBy {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<OrganizationsInviteMutation, OrganizationsInviteMutationVariables>;
export const OrganizationsWithdrawDocument = new TypedDocumentString(`
    mutation OrganizationsWithdraw($input: WithdrawInvitationInput!) {
  withdrawInvitation(input: $input) {
    id
    withdrawnAt
  }
}
    `) as unknown as TypedDocumentString<OrganizationsWithdrawMutation, OrganizationsWithdrawMutationVariables>;
export const OrganizationsAcceptDocument = new TypedDocumentString(`
    mutation OrganizationsAccept($input: AcceptInvitationInput!) {
  acceptInvitation(input: $input) {
    id
    name
  }
}
    `) as unknown as TypedDocumentString<OrganizationsAcceptMutation, OrganizationsAcceptMutationVariables>;
export const OrganizationsChangeRoleDocument = new TypedDocumentString(`
    mutation OrganizationsChangeRole($input: ChangeMemberRoleInput!) {
  changeMemberRole(input: $input) {
    role
    user {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<OrganizationsChangeRoleMutation, OrganizationsChangeRoleMutationVariables>;
export const OrganizationsRemoveDocument = new TypedDocumentString(`
    mutation OrganizationsRemove($input: RemoveMemberInput!) {
  removeMember(input: $input)
}
    `) as unknown as TypedDocumentString<OrganizationsRemoveMutation, OrganizationsRemoveMutationVariables>;
export const OrganizationsLeaveDocument = new TypedDocumentString(`
    mutation OrganizationsLeave {
  leaveOrganization
}
    `) as unknown as TypedDocumentString<OrganizationsLeaveMutation, OrganizationsLeaveMutationVariables>;
export const OutboxCreateEnvironmentDocument = new TypedDocumentString(`
    mutation OutboxCreateEnvironment($input: CreateEnvironmentInput!) {
  createEnvironment(input: $input) {
    id
  }
}
    `) as unknown as TypedDocumentString<OutboxCreateEnvironmentMutation, OutboxCreateEnvironmentMutationVariables>;
export const OutboxUpdateEnvironmentDocument = new TypedDocumentString(`
    mutation OutboxUpdateEnvironment($input: UpdateEnvironmentInput!) {
  updateEnvironment(input: $input) {
    revision
  }
}
    `) as unknown as TypedDocumentString<OutboxUpdateEnvironmentMutation, OutboxUpdateEnvironmentMutationVariables>;
export const OutboxInviteMemberDocument = new TypedDocumentString(`
    mutation OutboxInviteMember($input: InviteMemberInput!) {
  inviteMember(input: $input) {
    id
  }
}
    `) as unknown as TypedDocumentString<OutboxInviteMemberMutation, OutboxInviteMemberMutationVariables>;
export const OutboxCursorOfNowDocument = new TypedDocumentString(`
    query OutboxCursorOfNow {
  feed {
    cursor
  }
}
    `) as unknown as TypedDocumentString<OutboxCursorOfNowQuery, OutboxCursorOfNowQueryVariables>;
export const OutboxFollowDocument = new TypedDocumentString(`
    subscription OutboxFollow($after: String!) {
  feed(after: $after) {
    __typename
    cursor
    ... on EnvironmentChanged {
      change
      environmentId
    }
  }
}
    `) as unknown as TypedDocumentString<OutboxFollowSubscription, OutboxFollowSubscriptionVariables>;
export const FactoryCreateOrganizationDocument = new TypedDocumentString(`
    mutation FactoryCreateOrganization($input: CreateOrganizationInput!) {
  createOrganization(input: $input) {
    id
  }
}
    `) as unknown as TypedDocumentString<FactoryCreateOrganizationMutation, FactoryCreateOrganizationMutationVariables>;
export const FactorySwitchOrganizationDocument = new TypedDocumentString(`
    mutation FactorySwitchOrganization($input: SwitchOrganizationInput!) {
  switchOrganization(input: $input) {
    accessToken
  }
}
    `) as unknown as TypedDocumentString<FactorySwitchOrganizationMutation, FactorySwitchOrganizationMutationVariables>;
export const FactorySignInDocument = new TypedDocumentString(`
    mutation FactorySignIn($input: SignInInput!) {
  signIn(input: $input) {
    accessToken
    refreshToken
    session {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<FactorySignInMutation, FactorySignInMutationVariables>;