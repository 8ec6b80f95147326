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
  name?: string | null | undefined;
};

export type VerifyEmailInput = {
  /** From the link in the mail. */
  token: string;
};

export type WithdrawInvitationInput = {
  invitationId: string;
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


export type AccountsVerifyMutation = { verifyEmail: { id: string, email: string, username: string, name: string, emailVerifiedAt: string | null, platformAdmin: boolean } };

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

export type CreateEnvironmentMutationVariables = Exact<{
  input: CreateEnvironmentInput;
}>;


export type CreateEnvironmentMutation = { createEnvironment: { id: string, name: string, status: EnvironmentStatus, revision: number, owner: { id: string } } };

export type ListEnvironmentsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: EnvironmentFilter | null | undefined;
}>;


export type ListEnvironmentsQuery = { environments: { edges: Array<{ cursor: string, node: { id: string, name: string, owner: { name: string } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

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
export const CreateEnvironmentDocument = new TypedDocumentString(`
    mutation CreateEnvironment($input: CreateEnvironmentInput!) {
  createEnvironment(input: $input) {
    id
    name
    status
    revision
    owner {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<CreateEnvironmentMutation, CreateEnvironmentMutationVariables>;
export const ListEnvironmentsDocument = new TypedDocumentString(`
    query ListEnvironments($first: Int, $after: String, $filter: EnvironmentFilter) {
  environments(first: $first, after: $after, filter: $filter) {
    edges {
      cursor
      node {
        id
        name
        owner {
          name
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<ListEnvironmentsQuery, ListEnvironmentsQueryVariables>;
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