/* eslint-disable */
import * as types from './graphql.js';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  mutation AccountsRegister($input: RegisterInput!) {\n    register(input: $input) {\n      email\n    }\n  }\n": typeof types.AccountsRegisterDocument,
    "\n  mutation AccountsResend($input: ResendVerificationInput!) {\n    resendVerification(input: $input) {\n      email\n    }\n  }\n": typeof types.AccountsResendDocument,
    "\n  mutation AccountsVerify($input: VerifyEmailInput!) {\n    verifyEmail(input: $input) {\n      id\n      email\n      username\n      name\n      emailVerifiedAt\n      platformAdmin\n    }\n  }\n": typeof types.AccountsVerifyDocument,
    "\n  mutation AccountsSignIn($input: SignInInput!) {\n    signIn(input: $input) {\n      accessToken\n      accessTokenExpiresAt\n      refreshToken\n      refreshTokenExpiresAt\n      account {\n        id\n        username\n      }\n      session {\n        id\n        address\n        userAgent\n      }\n    }\n  }\n": typeof types.AccountsSignInDocument,
    "\n  mutation AccountsRefresh($input: RefreshTokensInput!) {\n    refreshTokens(input: $input) {\n      accessToken\n      refreshToken\n      refreshTokenExpiresAt\n      session {\n        id\n      }\n    }\n  }\n": typeof types.AccountsRefreshDocument,
    "\n  query AccountsMe {\n    me {\n      id\n      username\n    }\n  }\n": typeof types.AccountsMeDocument,
    "\n  query AccountsSessions {\n    sessions {\n      id\n      userAgent\n      address\n      endedAt\n      lastSeenAt\n    }\n  }\n": typeof types.AccountsSessionsDocument,
    "\n  mutation AccountsSignOut {\n    signOut\n  }\n": typeof types.AccountsSignOutDocument,
    "\n  mutation AccountsEndSession($input: EndSessionInput!) {\n    endSession(input: $input) {\n      id\n      endedAt\n    }\n  }\n": typeof types.AccountsEndSessionDocument,
    "\n  mutation AccountsEndOthers {\n    endOtherSessions {\n      endedCount\n    }\n  }\n": typeof types.AccountsEndOthersDocument,
    "\n  subscription AccountsFollowFeed($after: String) {\n    feed(after: $after) {\n      __typename\n      cursor\n    }\n  }\n": typeof types.AccountsFollowFeedDocument,
    "\n  mutation EnvironmentsCreate($input: CreateEnvironmentInput!) {\n    createEnvironment(input: $input) {\n      id\n      name\n      description\n      status\n      revision\n      createdAt\n      deletedAt\n      owner {\n        id\n      }\n    }\n  }\n": typeof types.EnvironmentsCreateDocument,
    "\n  mutation EnvironmentsUpdate($input: UpdateEnvironmentInput!) {\n    updateEnvironment(input: $input) {\n      id\n      name\n      description\n      revision\n      status\n    }\n  }\n": typeof types.EnvironmentsUpdateDocument,
    "\n  mutation EnvironmentsPublish($input: EnvironmentIdInput!) {\n    publishEnvironment(input: $input) {\n      id\n      status\n      revision\n      deletedAt\n    }\n  }\n": typeof types.EnvironmentsPublishDocument,
    "\n  mutation EnvironmentsArchive($input: EnvironmentIdInput!) {\n    archiveEnvironment(input: $input) {\n      id\n      status\n      revision\n      deletedAt\n    }\n  }\n": typeof types.EnvironmentsArchiveDocument,
    "\n  mutation EnvironmentsDelete($input: EnvironmentIdInput!) {\n    deleteEnvironment(input: $input) {\n      id\n      status\n      revision\n      deletedAt\n    }\n  }\n": typeof types.EnvironmentsDeleteDocument,
    "\n  mutation EnvironmentsRestore($input: EnvironmentIdInput!) {\n    restoreEnvironment(input: $input) {\n      id\n      status\n      revision\n      deletedAt\n    }\n  }\n": typeof types.EnvironmentsRestoreDocument,
    "\n  query EnvironmentsGet($id: UUID!) {\n    environment(id: $id) {\n      id\n      name\n      description\n      status\n      revision\n      deletedAt\n      owner {\n        id\n      }\n    }\n  }\n": typeof types.EnvironmentsGetDocument,
    "\n  query EnvironmentsPage($first: Int, $after: String, $last: Int, $before: String, $filter: EnvironmentFilter) {\n    environments(first: $first, after: $after, last: $last, before: $before, filter: $filter) {\n      edges {\n        cursor\n        node {\n          id\n          name\n          status\n        }\n      }\n      pageInfo {\n        hasNextPage\n        hasPreviousPage\n        startCursor\n        endCursor\n      }\n    }\n  }\n": typeof types.EnvironmentsPageDocument,
    "\n  mutation CreateEnvironment($input: CreateEnvironmentInput!) {\n    createEnvironment(input: $input) {\n      id\n      name\n      status\n      revision\n      owner {\n        id\n      }\n    }\n  }\n": typeof types.CreateEnvironmentDocument,
    "\n  query ListEnvironments($first: Int, $after: String, $filter: EnvironmentFilter) {\n    environments(first: $first, after: $after, filter: $filter) {\n      edges {\n        cursor\n        node {\n          id\n          name\n          owner {\n            name\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.ListEnvironmentsDocument,
    "\n  mutation OrganizationsCreate($input: CreateOrganizationInput!) {\n    createOrganization(input: $input) {\n      id\n      name\n      createdAt\n    }\n  }\n": typeof types.OrganizationsCreateDocument,
    "\n  mutation OrganizationsRename($input: RenameOrganizationInput!) {\n    renameOrganization(input: $input) {\n      id\n      name\n    }\n  }\n": typeof types.OrganizationsRenameDocument,
    "\n  mutation OrganizationsSwitch($input: SwitchOrganizationInput!) {\n    switchOrganization(input: $input) {\n      accessToken\n      accessTokenExpiresAt\n    }\n  }\n": typeof types.OrganizationsSwitchDocument,
    "\n  query OrganizationsActive {\n    organization {\n      id\n      name\n    }\n  }\n": typeof types.OrganizationsActiveDocument,
    "\n  query OrganizationsMembers($first: Int, $after: String) {\n    members(first: $first, after: $after) {\n      edges {\n        node {\n          role\n          user {\n            id\n            username\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.OrganizationsMembersDocument,
    "\n  query OrganizationsMine {\n    myMemberships {\n      edges {\n        node {\n          role\n          organization {\n            id\n            name\n          }\n        }\n      }\n    }\n  }\n": typeof types.OrganizationsMineDocument,
    "\n  query OrganizationsInvitations {\n    invitations {\n      edges {\n        node {\n          id\n          email\n          role\n          invitedBy {\n            id\n          }\n        }\n      }\n    }\n  }\n": typeof types.OrganizationsInvitationsDocument,
    "\n  mutation OrganizationsInvite($input: InviteMemberInput!) {\n    inviteMember(input: $input) {\n      id\n      email\n      role\n      expiresAt\n      invitedBy {\n        id\n      }\n    }\n  }\n": typeof types.OrganizationsInviteDocument,
    "\n  mutation OrganizationsWithdraw($input: WithdrawInvitationInput!) {\n    withdrawInvitation(input: $input) {\n      id\n      withdrawnAt\n    }\n  }\n": typeof types.OrganizationsWithdrawDocument,
    "\n  mutation OrganizationsAccept($input: AcceptInvitationInput!) {\n    acceptInvitation(input: $input) {\n      id\n      name\n    }\n  }\n": typeof types.OrganizationsAcceptDocument,
    "\n  mutation OrganizationsChangeRole($input: ChangeMemberRoleInput!) {\n    changeMemberRole(input: $input) {\n      role\n      user {\n        id\n      }\n    }\n  }\n": typeof types.OrganizationsChangeRoleDocument,
    "\n  mutation OrganizationsRemove($input: RemoveMemberInput!) {\n    removeMember(input: $input)\n  }\n": typeof types.OrganizationsRemoveDocument,
    "\n  mutation OrganizationsLeave {\n    leaveOrganization\n  }\n": typeof types.OrganizationsLeaveDocument,
    "\n  mutation FactoryCreateOrganization($input: CreateOrganizationInput!) {\n    createOrganization(input: $input) {\n      id\n    }\n  }\n": typeof types.FactoryCreateOrganizationDocument,
    "\n  mutation FactorySwitchOrganization($input: SwitchOrganizationInput!) {\n    switchOrganization(input: $input) {\n      accessToken\n    }\n  }\n": typeof types.FactorySwitchOrganizationDocument,
    "\n  mutation FactorySignIn($input: SignInInput!) {\n    signIn(input: $input) {\n      accessToken\n      refreshToken\n      session {\n        id\n      }\n    }\n  }\n": typeof types.FactorySignInDocument,
};
const documents: Documents = {
    "\n  mutation AccountsRegister($input: RegisterInput!) {\n    register(input: $input) {\n      email\n    }\n  }\n": types.AccountsRegisterDocument,
    "\n  mutation AccountsResend($input: ResendVerificationInput!) {\n    resendVerification(input: $input) {\n      email\n    }\n  }\n": types.AccountsResendDocument,
    "\n  mutation AccountsVerify($input: VerifyEmailInput!) {\n    verifyEmail(input: $input) {\n      id\n      email\n      username\n      name\n      emailVerifiedAt\n      platformAdmin\n    }\n  }\n": types.AccountsVerifyDocument,
    "\n  mutation AccountsSignIn($input: SignInInput!) {\n    signIn(input: $input) {\n      accessToken\n      accessTokenExpiresAt\n      refreshToken\n      refreshTokenExpiresAt\n      account {\n        id\n        username\n      }\n      session {\n        id\n        address\n        userAgent\n      }\n    }\n  }\n": types.AccountsSignInDocument,
    "\n  mutation AccountsRefresh($input: RefreshTokensInput!) {\n    refreshTokens(input: $input) {\n      accessToken\n      refreshToken\n      refreshTokenExpiresAt\n      session {\n        id\n      }\n    }\n  }\n": types.AccountsRefreshDocument,
    "\n  query AccountsMe {\n    me {\n      id\n      username\n    }\n  }\n": types.AccountsMeDocument,
    "\n  query AccountsSessions {\n    sessions {\n      id\n      userAgent\n      address\n      endedAt\n      lastSeenAt\n    }\n  }\n": types.AccountsSessionsDocument,
    "\n  mutation AccountsSignOut {\n    signOut\n  }\n": types.AccountsSignOutDocument,
    "\n  mutation AccountsEndSession($input: EndSessionInput!) {\n    endSession(input: $input) {\n      id\n      endedAt\n    }\n  }\n": types.AccountsEndSessionDocument,
    "\n  mutation AccountsEndOthers {\n    endOtherSessions {\n      endedCount\n    }\n  }\n": types.AccountsEndOthersDocument,
    "\n  subscription AccountsFollowFeed($after: String) {\n    feed(after: $after) {\n      __typename\n      cursor\n    }\n  }\n": types.AccountsFollowFeedDocument,
    "\n  mutation EnvironmentsCreate($input: CreateEnvironmentInput!) {\n    createEnvironment(input: $input) {\n      id\n      name\n      description\n      status\n      revision\n      createdAt\n      deletedAt\n      owner {\n        id\n      }\n    }\n  }\n": types.EnvironmentsCreateDocument,
    "\n  mutation EnvironmentsUpdate($input: UpdateEnvironmentInput!) {\n    updateEnvironment(input: $input) {\n      id\n      name\n      description\n      revision\n      status\n    }\n  }\n": types.EnvironmentsUpdateDocument,
    "\n  mutation EnvironmentsPublish($input: EnvironmentIdInput!) {\n    publishEnvironment(input: $input) {\n      id\n      status\n      revision\n      deletedAt\n    }\n  }\n": types.EnvironmentsPublishDocument,
    "\n  mutation EnvironmentsArchive($input: EnvironmentIdInput!) {\n    archiveEnvironment(input: $input) {\n      id\n      status\n      revision\n      deletedAt\n    }\n  }\n": types.EnvironmentsArchiveDocument,
    "\n  mutation EnvironmentsDelete($input: EnvironmentIdInput!) {\n    deleteEnvironment(input: $input) {\n      id\n      status\n      revision\n      deletedAt\n    }\n  }\n": types.EnvironmentsDeleteDocument,
    "\n  mutation EnvironmentsRestore($input: EnvironmentIdInput!) {\n    restoreEnvironment(input: $input) {\n      id\n      status\n      revision\n      deletedAt\n    }\n  }\n": types.EnvironmentsRestoreDocument,
    "\n  query EnvironmentsGet($id: UUID!) {\n    environment(id: $id) {\n      id\n      name\n      description\n      status\n      revision\n      deletedAt\n      owner {\n        id\n      }\n    }\n  }\n": types.EnvironmentsGetDocument,
    "\n  query EnvironmentsPage($first: Int, $after: String, $last: Int, $before: String, $filter: EnvironmentFilter) {\n    environments(first: $first, after: $after, last: $last, before: $before, filter: $filter) {\n      edges {\n        cursor\n        node {\n          id\n          name\n          status\n        }\n      }\n      pageInfo {\n        hasNextPage\n        hasPreviousPage\n        startCursor\n        endCursor\n      }\n    }\n  }\n": types.EnvironmentsPageDocument,
    "\n  mutation CreateEnvironment($input: CreateEnvironmentInput!) {\n    createEnvironment(input: $input) {\n      id\n      name\n      status\n      revision\n      owner {\n        id\n      }\n    }\n  }\n": types.CreateEnvironmentDocument,
    "\n  query ListEnvironments($first: Int, $after: String, $filter: EnvironmentFilter) {\n    environments(first: $first, after: $after, filter: $filter) {\n      edges {\n        cursor\n        node {\n          id\n          name\n          owner {\n            name\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.ListEnvironmentsDocument,
    "\n  mutation OrganizationsCreate($input: CreateOrganizationInput!) {\n    createOrganization(input: $input) {\n      id\n      name\n      createdAt\n    }\n  }\n": types.OrganizationsCreateDocument,
    "\n  mutation OrganizationsRename($input: RenameOrganizationInput!) {\n    renameOrganization(input: $input) {\n      id\n      name\n    }\n  }\n": types.OrganizationsRenameDocument,
    "\n  mutation OrganizationsSwitch($input: SwitchOrganizationInput!) {\n    switchOrganization(input: $input) {\n      accessToken\n      accessTokenExpiresAt\n    }\n  }\n": types.OrganizationsSwitchDocument,
    "\n  query OrganizationsActive {\n    organization {\n      id\n      name\n    }\n  }\n": types.OrganizationsActiveDocument,
    "\n  query OrganizationsMembers($first: Int, $after: String) {\n    members(first: $first, after: $after) {\n      edges {\n        node {\n          role\n          user {\n            id\n            username\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.OrganizationsMembersDocument,
    "\n  query OrganizationsMine {\n    myMemberships {\n      edges {\n        node {\n          role\n          organization {\n            id\n            name\n          }\n        }\n      }\n    }\n  }\n": types.OrganizationsMineDocument,
    "\n  query OrganizationsInvitations {\n    invitations {\n      edges {\n        node {\n          id\n          email\n          role\n          invitedBy {\n            id\n          }\n        }\n      }\n    }\n  }\n": types.OrganizationsInvitationsDocument,
    "\n  mutation OrganizationsInvite($input: InviteMemberInput!) {\n    inviteMember(input: $input) {\n      id\n      email\n      role\n      expiresAt\n      invitedBy {\n        id\n      }\n    }\n  }\n": types.OrganizationsInviteDocument,
    "\n  mutation OrganizationsWithdraw($input: WithdrawInvitationInput!) {\n    withdrawInvitation(input: $input) {\n      id\n      withdrawnAt\n    }\n  }\n": types.OrganizationsWithdrawDocument,
    "\n  mutation OrganizationsAccept($input: AcceptInvitationInput!) {\n    acceptInvitation(input: $input) {\n      id\n      name\n    }\n  }\n": types.OrganizationsAcceptDocument,
    "\n  mutation OrganizationsChangeRole($input: ChangeMemberRoleInput!) {\n    changeMemberRole(input: $input) {\n      role\n      user {\n        id\n      }\n    }\n  }\n": types.OrganizationsChangeRoleDocument,
    "\n  mutation OrganizationsRemove($input: RemoveMemberInput!) {\n    removeMember(input: $input)\n  }\n": types.OrganizationsRemoveDocument,
    "\n  mutation OrganizationsLeave {\n    leaveOrganization\n  }\n": types.OrganizationsLeaveDocument,
    "\n  mutation FactoryCreateOrganization($input: CreateOrganizationInput!) {\n    createOrganization(input: $input) {\n      id\n    }\n  }\n": types.FactoryCreateOrganizationDocument,
    "\n  mutation FactorySwitchOrganization($input: SwitchOrganizationInput!) {\n    switchOrganization(input: $input) {\n      accessToken\n    }\n  }\n": types.FactorySwitchOrganizationDocument,
    "\n  mutation FactorySignIn($input: SignInInput!) {\n    signIn(input: $input) {\n      accessToken\n      refreshToken\n      session {\n        id\n      }\n    }\n  }\n": types.FactorySignInDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AccountsRegister($input: RegisterInput!) {\n    register(input: $input) {\n      email\n    }\n  }\n"): typeof import('./graphql.js').AccountsRegisterDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AccountsResend($input: ResendVerificationInput!) {\n    resendVerification(input: $input) {\n      email\n    }\n  }\n"): typeof import('./graphql.js').AccountsResendDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AccountsVerify($input: VerifyEmailInput!) {\n    verifyEmail(input: $input) {\n      id\n      email\n      username\n      name\n      emailVerifiedAt\n      platformAdmin\n    }\n  }\n"): typeof import('./graphql.js').AccountsVerifyDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AccountsSignIn($input: SignInInput!) {\n    signIn(input: $input) {\n      accessToken\n      accessTokenExpiresAt\n      refreshToken\n      refreshTokenExpiresAt\n      account {\n        id\n        username\n      }\n      session {\n        id\n        address\n        userAgent\n      }\n    }\n  }\n"): typeof import('./graphql.js').AccountsSignInDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AccountsRefresh($input: RefreshTokensInput!) {\n    refreshTokens(input: $input) {\n      accessToken\n      refreshToken\n      refreshTokenExpiresAt\n      session {\n        id\n      }\n    }\n  }\n"): typeof import('./graphql.js').AccountsRefreshDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AccountsMe {\n    me {\n      id\n      username\n    }\n  }\n"): typeof import('./graphql.js').AccountsMeDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AccountsSessions {\n    sessions {\n      id\n      userAgent\n      address\n      endedAt\n      lastSeenAt\n    }\n  }\n"): typeof import('./graphql.js').AccountsSessionsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AccountsSignOut {\n    signOut\n  }\n"): typeof import('./graphql.js').AccountsSignOutDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AccountsEndSession($input: EndSessionInput!) {\n    endSession(input: $input) {\n      id\n      endedAt\n    }\n  }\n"): typeof import('./graphql.js').AccountsEndSessionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AccountsEndOthers {\n    endOtherSessions {\n      endedCount\n    }\n  }\n"): typeof import('./graphql.js').AccountsEndOthersDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription AccountsFollowFeed($after: String) {\n    feed(after: $after) {\n      __typename\n      cursor\n    }\n  }\n"): typeof import('./graphql.js').AccountsFollowFeedDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EnvironmentsCreate($input: CreateEnvironmentInput!) {\n    createEnvironment(input: $input) {\n      id\n      name\n      description\n      status\n      revision\n      createdAt\n      deletedAt\n      owner {\n        id\n      }\n    }\n  }\n"): typeof import('./graphql.js').EnvironmentsCreateDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EnvironmentsUpdate($input: UpdateEnvironmentInput!) {\n    updateEnvironment(input: $input) {\n      id\n      name\n      description\n      revision\n      status\n    }\n  }\n"): typeof import('./graphql.js').EnvironmentsUpdateDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EnvironmentsPublish($input: EnvironmentIdInput!) {\n    publishEnvironment(input: $input) {\n      id\n      status\n      revision\n      deletedAt\n    }\n  }\n"): typeof import('./graphql.js').EnvironmentsPublishDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EnvironmentsArchive($input: EnvironmentIdInput!) {\n    archiveEnvironment(input: $input) {\n      id\n      status\n      revision\n      deletedAt\n    }\n  }\n"): typeof import('./graphql.js').EnvironmentsArchiveDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EnvironmentsDelete($input: EnvironmentIdInput!) {\n    deleteEnvironment(input: $input) {\n      id\n      status\n      revision\n      deletedAt\n    }\n  }\n"): typeof import('./graphql.js').EnvironmentsDeleteDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EnvironmentsRestore($input: EnvironmentIdInput!) {\n    restoreEnvironment(input: $input) {\n      id\n      status\n      revision\n      deletedAt\n    }\n  }\n"): typeof import('./graphql.js').EnvironmentsRestoreDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query EnvironmentsGet($id: UUID!) {\n    environment(id: $id) {\n      id\n      name\n      description\n      status\n      revision\n      deletedAt\n      owner {\n        id\n      }\n    }\n  }\n"): typeof import('./graphql.js').EnvironmentsGetDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query EnvironmentsPage($first: Int, $after: String, $last: Int, $before: String, $filter: EnvironmentFilter) {\n    environments(first: $first, after: $after, last: $last, before: $before, filter: $filter) {\n      edges {\n        cursor\n        node {\n          id\n          name\n          status\n        }\n      }\n      pageInfo {\n        hasNextPage\n        hasPreviousPage\n        startCursor\n        endCursor\n      }\n    }\n  }\n"): typeof import('./graphql.js').EnvironmentsPageDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateEnvironment($input: CreateEnvironmentInput!) {\n    createEnvironment(input: $input) {\n      id\n      name\n      status\n      revision\n      owner {\n        id\n      }\n    }\n  }\n"): typeof import('./graphql.js').CreateEnvironmentDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListEnvironments($first: Int, $after: String, $filter: EnvironmentFilter) {\n    environments(first: $first, after: $after, filter: $filter) {\n      edges {\n        cursor\n        node {\n          id\n          name\n          owner {\n            name\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): typeof import('./graphql.js').ListEnvironmentsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation OrganizationsCreate($input: CreateOrganizationInput!) {\n    createOrganization(input: $input) {\n      id\n      name\n      createdAt\n    }\n  }\n"): typeof import('./graphql.js').OrganizationsCreateDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation OrganizationsRename($input: RenameOrganizationInput!) {\n    renameOrganization(input: $input) {\n      id\n      name\n    }\n  }\n"): typeof import('./graphql.js').OrganizationsRenameDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation OrganizationsSwitch($input: SwitchOrganizationInput!) {\n    switchOrganization(input: $input) {\n      accessToken\n      accessTokenExpiresAt\n    }\n  }\n"): typeof import('./graphql.js').OrganizationsSwitchDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OrganizationsActive {\n    organization {\n      id\n      name\n    }\n  }\n"): typeof import('./graphql.js').OrganizationsActiveDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OrganizationsMembers($first: Int, $after: String) {\n    members(first: $first, after: $after) {\n      edges {\n        node {\n          role\n          user {\n            id\n            username\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): typeof import('./graphql.js').OrganizationsMembersDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OrganizationsMine {\n    myMemberships {\n      edges {\n        node {\n          role\n          organization {\n            id\n            name\n          }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.js').OrganizationsMineDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OrganizationsInvitations {\n    invitations {\n      edges {\n        node {\n          id\n          email\n          role\n          invitedBy {\n            id\n          }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.js').OrganizationsInvitationsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation OrganizationsInvite($input: InviteMemberInput!) {\n    inviteMember(input: $input) {\n      id\n      email\n      role\n      expiresAt\n      invitedBy {\n        id\n      }\n    }\n  }\n"): typeof import('./graphql.js').OrganizationsInviteDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation OrganizationsWithdraw($input: WithdrawInvitationInput!) {\n    withdrawInvitation(input: $input) {\n      id\n      withdrawnAt\n    }\n  }\n"): typeof import('./graphql.js').OrganizationsWithdrawDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation OrganizationsAccept($input: AcceptInvitationInput!) {\n    acceptInvitation(input: $input) {\n      id\n      name\n    }\n  }\n"): typeof import('./graphql.js').OrganizationsAcceptDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation OrganizationsChangeRole($input: ChangeMemberRoleInput!) {\n    changeMemberRole(input: $input) {\n      role\n      user {\n        id\n      }\n    }\n  }\n"): typeof import('./graphql.js').OrganizationsChangeRoleDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation OrganizationsRemove($input: RemoveMemberInput!) {\n    removeMember(input: $input)\n  }\n"): typeof import('./graphql.js').OrganizationsRemoveDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation OrganizationsLeave {\n    leaveOrganization\n  }\n"): typeof import('./graphql.js').OrganizationsLeaveDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation FactoryCreateOrganization($input: CreateOrganizationInput!) {\n    createOrganization(input: $input) {\n      id\n    }\n  }\n"): typeof import('./graphql.js').FactoryCreateOrganizationDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation FactorySwitchOrganization($input: SwitchOrganizationInput!) {\n    switchOrganization(input: $input) {\n      accessToken\n    }\n  }\n"): typeof import('./graphql.js').FactorySwitchOrganizationDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation FactorySignIn($input: SignInInput!) {\n    signIn(input: $input) {\n      accessToken\n      refreshToken\n      session {\n        id\n      }\n    }\n  }\n"): typeof import('./graphql.js').FactorySignInDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
