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
    "\n  query ErrorsCodes {\n    errorCodes {\n      code\n      kind\n      description\n    }\n  }\n": typeof types.ErrorsCodesDocument,
    "\n  subscription ErrorsFollowFeed($after: String) {\n    feed(after: $after) {\n      cursor\n    }\n  }\n": typeof types.ErrorsFollowFeedDocument,
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
    "\n  query AccountsAdminMe {\n    me {\n      username\n      email\n      platformAdmin\n    }\n  }\n": typeof types.AccountsAdminMeDocument,
    "\n  mutation EnvironmentsCreate($input: CreateEnvironmentInput!) {\n    createEnvironment(input: $input) {\n      id\n      name\n      description\n      status\n      revision\n      createdAt\n      deletedAt\n      owner {\n        id\n      }\n    }\n  }\n": typeof types.EnvironmentsCreateDocument,
    "\n  mutation EnvironmentsUpdate($input: UpdateEnvironmentInput!) {\n    updateEnvironment(input: $input) {\n      id\n      name\n      description\n      revision\n      status\n    }\n  }\n": typeof types.EnvironmentsUpdateDocument,
    "\n  mutation EnvironmentsPublish($input: EnvironmentIdInput!) {\n    publishEnvironment(input: $input) {\n      id\n      status\n      revision\n      deletedAt\n    }\n  }\n": typeof types.EnvironmentsPublishDocument,
    "\n  mutation EnvironmentsArchive($input: EnvironmentIdInput!) {\n    archiveEnvironment(input: $input) {\n      id\n      status\n      revision\n      deletedAt\n    }\n  }\n": typeof types.EnvironmentsArchiveDocument,
    "\n  mutation EnvironmentsUnarchive($input: EnvironmentIdInput!) {\n    unarchiveEnvironment(input: $input) {\n      id\n      status\n      revision\n      deletedAt\n    }\n  }\n": typeof types.EnvironmentsUnarchiveDocument,
    "\n  mutation EnvironmentsDelete($input: EnvironmentIdInput!) {\n    deleteEnvironment(input: $input) {\n      id\n      status\n      revision\n      deletedAt\n    }\n  }\n": typeof types.EnvironmentsDeleteDocument,
    "\n  mutation EnvironmentsRestore($input: EnvironmentIdInput!) {\n    restoreEnvironment(input: $input) {\n      id\n      status\n      revision\n      deletedAt\n    }\n  }\n": typeof types.EnvironmentsRestoreDocument,
    "\n  query EnvironmentsGet($id: UUID!) {\n    environment(id: $id) {\n      id\n      name\n      description\n      status\n      revision\n      deletedAt\n      owner {\n        id\n      }\n    }\n  }\n": typeof types.EnvironmentsGetDocument,
    "\n  query EnvironmentsPage(\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n    $filter: EnvironmentFilter\n  ) {\n    environments(first: $first, after: $after, last: $last, before: $before, filter: $filter) {\n      edges {\n        cursor\n        node {\n          id\n          name\n          status\n        }\n      }\n      pageInfo {\n        hasNextPage\n        hasPreviousPage\n        startCursor\n        endCursor\n      }\n    }\n  }\n": typeof types.EnvironmentsPageDocument,
    "\n  query FeedPageEnvironments($after: String) {\n    feed(after: $after, first: 200) {\n      items {\n        ... on EnvironmentChanged {\n          change\n          environmentId\n          environment {\n            name\n          }\n        }\n      }\n    }\n  }\n": typeof types.FeedPageEnvironmentsDocument,
    "\n  mutation FeedCreateEnvironment($input: CreateEnvironmentInput!) {\n    createEnvironment(input: $input) {\n      id\n      revision\n    }\n  }\n": typeof types.FeedCreateEnvironmentDocument,
    "\n  mutation FeedUpdateEnvironment($input: UpdateEnvironmentInput!) {\n    updateEnvironment(input: $input) {\n      revision\n    }\n  }\n": typeof types.FeedUpdateEnvironmentDocument,
    "\n  mutation FeedPublishEnvironment($input: EnvironmentIdInput!) {\n    publishEnvironment(input: $input) {\n      id\n    }\n  }\n": typeof types.FeedPublishEnvironmentDocument,
    "\n  mutation FeedArchiveEnvironment($input: EnvironmentIdInput!) {\n    archiveEnvironment(input: $input) {\n      id\n    }\n  }\n": typeof types.FeedArchiveEnvironmentDocument,
    "\n  mutation FeedUnarchiveEnvironment($input: EnvironmentIdInput!) {\n    unarchiveEnvironment(input: $input) {\n      id\n    }\n  }\n": typeof types.FeedUnarchiveEnvironmentDocument,
    "\n  mutation FeedDeleteEnvironment($input: EnvironmentIdInput!) {\n    deleteEnvironment(input: $input) {\n      id\n    }\n  }\n": typeof types.FeedDeleteEnvironmentDocument,
    "\n  mutation FeedRestoreEnvironment($input: EnvironmentIdInput!) {\n    restoreEnvironment(input: $input) {\n      id\n    }\n  }\n": typeof types.FeedRestoreEnvironmentDocument,
    "\n  mutation FeedRemoveMember($input: RemoveMemberInput!) {\n    removeMember(input: $input)\n  }\n": typeof types.FeedRemoveMemberDocument,
    "\n  mutation FeedChangeMemberRole($input: ChangeMemberRoleInput!) {\n    changeMemberRole(input: $input) {\n      role\n    }\n  }\n": typeof types.FeedChangeMemberRoleDocument,
    "\n  subscription FeedFollow($after: String, $topics: [FeedTopic!]) {\n    feed(after: $after, topics: $topics) {\n      __typename\n      cursor\n      ... on EnvironmentChanged {\n        change\n        environmentId\n        environment {\n          name\n          status\n          owner {\n            id\n          }\n        }\n      }\n      ... on FeedGap {\n        reason\n      }\n    }\n  }\n": typeof types.FeedFollowDocument,
    "\n  query FeedPoll($after: String, $first: Int) {\n    feed(after: $after, first: $first) {\n      items {\n        __typename\n        cursor\n        ... on EnvironmentChanged {\n          change\n          environmentId\n        }\n        ... on FeedGap {\n          reason\n        }\n      }\n      cursor\n      hasMore\n    }\n  }\n": typeof types.FeedPollDocument,
    "\n  mutation OrganizationsCreate($input: CreateOrganizationInput!) {\n    createOrganization(input: $input) {\n      id\n      name\n      createdAt\n    }\n  }\n": typeof types.OrganizationsCreateDocument,
    "\n  mutation OrganizationsRename($input: RenameOrganizationInput!) {\n    renameOrganization(input: $input) {\n      id\n      name\n    }\n  }\n": typeof types.OrganizationsRenameDocument,
    "\n  mutation OrganizationsSwitch($input: SwitchOrganizationInput!) {\n    switchOrganization(input: $input) {\n      accessToken\n      accessTokenExpiresAt\n    }\n  }\n": typeof types.OrganizationsSwitchDocument,
    "\n  query OrganizationsActive {\n    organization {\n      id\n      name\n    }\n  }\n": typeof types.OrganizationsActiveDocument,
    "\n  query OrganizationsMembers($first: Int, $after: String) {\n    members(first: $first, after: $after) {\n      edges {\n        node {\n          role\n          user {\n            id\n            username\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.OrganizationsMembersDocument,
    "\n  query OrganizationsMine {\n    myMemberships {\n      edges {\n        node {\n          role\n          organization {\n            id\n            name\n          }\n        }\n      }\n    }\n  }\n": typeof types.OrganizationsMineDocument,
    "\n  query OrganizationsInvitations {\n    invitations {\n      edges {\n        node {\n          id\n          email\n          role\n          invitedBy {\n            id\n          }\n        }\n      }\n    }\n  }\n": typeof types.OrganizationsInvitationsDocument,
    "\n  query OrganizationsInvitationsByResolver {\n    invitations {\n      edges {\n        node {\n          id\n        }\n      }\n    }\n    errorCodes {\n      code\n    }\n  }\n": typeof types.OrganizationsInvitationsByResolverDocument,
    "\n  mutation OrganizationsInvite($input: InviteMemberInput!) {\n    inviteMember(input: $input) {\n      id\n      email\n      role\n      expiresAt\n      invitedBy {\n        id\n      }\n    }\n  }\n": typeof types.OrganizationsInviteDocument,
    "\n  mutation OrganizationsWithdraw($input: WithdrawInvitationInput!) {\n    withdrawInvitation(input: $input) {\n      id\n      withdrawnAt\n    }\n  }\n": typeof types.OrganizationsWithdrawDocument,
    "\n  mutation OrganizationsAccept($input: AcceptInvitationInput!) {\n    acceptInvitation(input: $input) {\n      id\n      name\n    }\n  }\n": typeof types.OrganizationsAcceptDocument,
    "\n  mutation OrganizationsChangeRole($input: ChangeMemberRoleInput!) {\n    changeMemberRole(input: $input) {\n      role\n      user {\n        id\n      }\n    }\n  }\n": typeof types.OrganizationsChangeRoleDocument,
    "\n  mutation OrganizationsRemove($input: RemoveMemberInput!) {\n    removeMember(input: $input)\n  }\n": typeof types.OrganizationsRemoveDocument,
    "\n  mutation OrganizationsLeave {\n    leaveOrganization\n  }\n": typeof types.OrganizationsLeaveDocument,
    "\n  mutation OutboxCreateEnvironment($input: CreateEnvironmentInput!) {\n    createEnvironment(input: $input) {\n      id\n    }\n  }\n": typeof types.OutboxCreateEnvironmentDocument,
    "\n  mutation OutboxUpdateEnvironment($input: UpdateEnvironmentInput!) {\n    updateEnvironment(input: $input) {\n      revision\n    }\n  }\n": typeof types.OutboxUpdateEnvironmentDocument,
    "\n  mutation OutboxInviteMember($input: InviteMemberInput!) {\n    inviteMember(input: $input) {\n      id\n    }\n  }\n": typeof types.OutboxInviteMemberDocument,
    "\n  query OutboxCursorOfNow {\n    feed {\n      cursor\n    }\n  }\n": typeof types.OutboxCursorOfNowDocument,
    "\n  subscription OutboxFollow($after: String!) {\n    feed(after: $after) {\n      __typename\n      cursor\n      ... on EnvironmentChanged {\n        change\n        environmentId\n      }\n    }\n  }\n": typeof types.OutboxFollowDocument,
    "\n  mutation FactoryCreateOrganization($input: CreateOrganizationInput!) {\n    createOrganization(input: $input) {\n      id\n    }\n  }\n": typeof types.FactoryCreateOrganizationDocument,
    "\n  mutation FactorySwitchOrganization($input: SwitchOrganizationInput!) {\n    switchOrganization(input: $input) {\n      accessToken\n    }\n  }\n": typeof types.FactorySwitchOrganizationDocument,
    "\n  mutation FactorySignIn($input: SignInInput!) {\n    signIn(input: $input) {\n      accessToken\n      refreshToken\n      session {\n        id\n      }\n    }\n  }\n": typeof types.FactorySignInDocument,
};
const documents: Documents = {
    "\n  query ErrorsCodes {\n    errorCodes {\n      code\n      kind\n      description\n    }\n  }\n": types.ErrorsCodesDocument,
    "\n  subscription ErrorsFollowFeed($after: String) {\n    feed(after: $after) {\n      cursor\n    }\n  }\n": types.ErrorsFollowFeedDocument,
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
    "\n  query AccountsAdminMe {\n    me {\n      username\n      email\n      platformAdmin\n    }\n  }\n": types.AccountsAdminMeDocument,
    "\n  mutation EnvironmentsCreate($input: CreateEnvironmentInput!) {\n    createEnvironment(input: $input) {\n      id\n      name\n      description\n      status\n      revision\n      createdAt\n      deletedAt\n      owner {\n        id\n      }\n    }\n  }\n": types.EnvironmentsCreateDocument,
    "\n  mutation EnvironmentsUpdate($input: UpdateEnvironmentInput!) {\n    updateEnvironment(input: $input) {\n      id\n      name\n      description\n      revision\n      status\n    }\n  }\n": types.EnvironmentsUpdateDocument,
    "\n  mutation EnvironmentsPublish($input: EnvironmentIdInput!) {\n    publishEnvironment(input: $input) {\n      id\n      status\n      revision\n      deletedAt\n    }\n  }\n": types.EnvironmentsPublishDocument,
    "\n  mutation EnvironmentsArchive($input: EnvironmentIdInput!) {\n    archiveEnvironment(input: $input) {\n      id\n      status\n      revision\n      deletedAt\n    }\n  }\n": types.EnvironmentsArchiveDocument,
    "\n  mutation EnvironmentsUnarchive($input: EnvironmentIdInput!) {\n    unarchiveEnvironment(input: $input) {\n      id\n      status\n      revision\n      deletedAt\n    }\n  }\n": types.EnvironmentsUnarchiveDocument,
    "\n  mutation EnvironmentsDelete($input: EnvironmentIdInput!) {\n    deleteEnvironment(input: $input) {\n      id\n      status\n      revision\n      deletedAt\n    }\n  }\n": types.EnvironmentsDeleteDocument,
    "\n  mutation EnvironmentsRestore($input: EnvironmentIdInput!) {\n    restoreEnvironment(input: $input) {\n      id\n      status\n      revision\n      deletedAt\n    }\n  }\n": types.EnvironmentsRestoreDocument,
    "\n  query EnvironmentsGet($id: UUID!) {\n    environment(id: $id) {\n      id\n      name\n      description\n      status\n      revision\n      deletedAt\n      owner {\n        id\n      }\n    }\n  }\n": types.EnvironmentsGetDocument,
    "\n  query EnvironmentsPage(\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n    $filter: EnvironmentFilter\n  ) {\n    environments(first: $first, after: $after, last: $last, before: $before, filter: $filter) {\n      edges {\n        cursor\n        node {\n          id\n          name\n          status\n        }\n      }\n      pageInfo {\n        hasNextPage\n        hasPreviousPage\n        startCursor\n        endCursor\n      }\n    }\n  }\n": types.EnvironmentsPageDocument,
    "\n  query FeedPageEnvironments($after: String) {\n    feed(after: $after, first: 200) {\n      items {\n        ... on EnvironmentChanged {\n          change\n          environmentId\n          environment {\n            name\n          }\n        }\n      }\n    }\n  }\n": types.FeedPageEnvironmentsDocument,
    "\n  mutation FeedCreateEnvironment($input: CreateEnvironmentInput!) {\n    createEnvironment(input: $input) {\n      id\n      revision\n    }\n  }\n": types.FeedCreateEnvironmentDocument,
    "\n  mutation FeedUpdateEnvironment($input: UpdateEnvironmentInput!) {\n    updateEnvironment(input: $input) {\n      revision\n    }\n  }\n": types.FeedUpdateEnvironmentDocument,
    "\n  mutation FeedPublishEnvironment($input: EnvironmentIdInput!) {\n    publishEnvironment(input: $input) {\n      id\n    }\n  }\n": types.FeedPublishEnvironmentDocument,
    "\n  mutation FeedArchiveEnvironment($input: EnvironmentIdInput!) {\n    archiveEnvironment(input: $input) {\n      id\n    }\n  }\n": types.FeedArchiveEnvironmentDocument,
    "\n  mutation FeedUnarchiveEnvironment($input: EnvironmentIdInput!) {\n    unarchiveEnvironment(input: $input) {\n      id\n    }\n  }\n": types.FeedUnarchiveEnvironmentDocument,
    "\n  mutation FeedDeleteEnvironment($input: EnvironmentIdInput!) {\n    deleteEnvironment(input: $input) {\n      id\n    }\n  }\n": types.FeedDeleteEnvironmentDocument,
    "\n  mutation FeedRestoreEnvironment($input: EnvironmentIdInput!) {\n    restoreEnvironment(input: $input) {\n      id\n    }\n  }\n": types.FeedRestoreEnvironmentDocument,
    "\n  mutation FeedRemoveMember($input: RemoveMemberInput!) {\n    removeMember(input: $input)\n  }\n": types.FeedRemoveMemberDocument,
    "\n  mutation FeedChangeMemberRole($input: ChangeMemberRoleInput!) {\n    changeMemberRole(input: $input) {\n      role\n    }\n  }\n": types.FeedChangeMemberRoleDocument,
    "\n  subscription FeedFollow($after: String, $topics: [FeedTopic!]) {\n    feed(after: $after, topics: $topics) {\n      __typename\n      cursor\n      ... on EnvironmentChanged {\n        change\n        environmentId\n        environment {\n          name\n          status\n          owner {\n            id\n          }\n        }\n      }\n      ... on FeedGap {\n        reason\n      }\n    }\n  }\n": types.FeedFollowDocument,
    "\n  query FeedPoll($after: String, $first: Int) {\n    feed(after: $after, first: $first) {\n      items {\n        __typename\n        cursor\n        ... on EnvironmentChanged {\n          change\n          environmentId\n        }\n        ... on FeedGap {\n          reason\n        }\n      }\n      cursor\n      hasMore\n    }\n  }\n": types.FeedPollDocument,
    "\n  mutation OrganizationsCreate($input: CreateOrganizationInput!) {\n    createOrganization(input: $input) {\n      id\n      name\n      createdAt\n    }\n  }\n": types.OrganizationsCreateDocument,
    "\n  mutation OrganizationsRename($input: RenameOrganizationInput!) {\n    renameOrganization(input: $input) {\n      id\n      name\n    }\n  }\n": types.OrganizationsRenameDocument,
    "\n  mutation OrganizationsSwitch($input: SwitchOrganizationInput!) {\n    switchOrganization(input: $input) {\n      accessToken\n      accessTokenExpiresAt\n    }\n  }\n": types.OrganizationsSwitchDocument,
    "\n  query OrganizationsActive {\n    organization {\n      id\n      name\n    }\n  }\n": types.OrganizationsActiveDocument,
    "\n  query OrganizationsMembers($first: Int, $after: String) {\n    members(first: $first, after: $after) {\n      edges {\n        node {\n          role\n          user {\n            id\n            username\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.OrganizationsMembersDocument,
    "\n  query OrganizationsMine {\n    myMemberships {\n      edges {\n        node {\n          role\n          organization {\n            id\n            name\n          }\n        }\n      }\n    }\n  }\n": types.OrganizationsMineDocument,
    "\n  query OrganizationsInvitations {\n    invitations {\n      edges {\n        node {\n          id\n          email\n          role\n          invitedBy {\n            id\n          }\n        }\n      }\n    }\n  }\n": types.OrganizationsInvitationsDocument,
    "\n  query OrganizationsInvitationsByResolver {\n    invitations {\n      edges {\n        node {\n          id\n        }\n      }\n    }\n    errorCodes {\n      code\n    }\n  }\n": types.OrganizationsInvitationsByResolverDocument,
    "\n  mutation OrganizationsInvite($input: InviteMemberInput!) {\n    inviteMember(input: $input) {\n      id\n      email\n      role\n      expiresAt\n      invitedBy {\n        id\n      }\n    }\n  }\n": types.OrganizationsInviteDocument,
    "\n  mutation OrganizationsWithdraw($input: WithdrawInvitationInput!) {\n    withdrawInvitation(input: $input) {\n      id\n      withdrawnAt\n    }\n  }\n": types.OrganizationsWithdrawDocument,
    "\n  mutation OrganizationsAccept($input: AcceptInvitationInput!) {\n    acceptInvitation(input: $input) {\n      id\n      name\n    }\n  }\n": types.OrganizationsAcceptDocument,
    "\n  mutation OrganizationsChangeRole($input: ChangeMemberRoleInput!) {\n    changeMemberRole(input: $input) {\n      role\n      user {\n        id\n      }\n    }\n  }\n": types.OrganizationsChangeRoleDocument,
    "\n  mutation OrganizationsRemove($input: RemoveMemberInput!) {\n    removeMember(input: $input)\n  }\n": types.OrganizationsRemoveDocument,
    "\n  mutation OrganizationsLeave {\n    leaveOrganization\n  }\n": types.OrganizationsLeaveDocument,
    "\n  mutation OutboxCreateEnvironment($input: CreateEnvironmentInput!) {\n    createEnvironment(input: $input) {\n      id\n    }\n  }\n": types.OutboxCreateEnvironmentDocument,
    "\n  mutation OutboxUpdateEnvironment($input: UpdateEnvironmentInput!) {\n    updateEnvironment(input: $input) {\n      revision\n    }\n  }\n": types.OutboxUpdateEnvironmentDocument,
    "\n  mutation OutboxInviteMember($input: InviteMemberInput!) {\n    inviteMember(input: $input) {\n      id\n    }\n  }\n": types.OutboxInviteMemberDocument,
    "\n  query OutboxCursorOfNow {\n    feed {\n      cursor\n    }\n  }\n": types.OutboxCursorOfNowDocument,
    "\n  subscription OutboxFollow($after: String!) {\n    feed(after: $after) {\n      __typename\n      cursor\n      ... on EnvironmentChanged {\n        change\n        environmentId\n      }\n    }\n  }\n": types.OutboxFollowDocument,
    "\n  mutation FactoryCreateOrganization($input: CreateOrganizationInput!) {\n    createOrganization(input: $input) {\n      id\n    }\n  }\n": types.FactoryCreateOrganizationDocument,
    "\n  mutation FactorySwitchOrganization($input: SwitchOrganizationInput!) {\n    switchOrganization(input: $input) {\n      accessToken\n    }\n  }\n": types.FactorySwitchOrganizationDocument,
    "\n  mutation FactorySignIn($input: SignInInput!) {\n    signIn(input: $input) {\n      accessToken\n      refreshToken\n      session {\n        id\n      }\n    }\n  }\n": types.FactorySignInDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ErrorsCodes {\n    errorCodes {\n      code\n      kind\n      description\n    }\n  }\n"): typeof import('./graphql.js').ErrorsCodesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription ErrorsFollowFeed($after: String) {\n    feed(after: $after) {\n      cursor\n    }\n  }\n"): typeof import('./graphql.js').ErrorsFollowFeedDocument;
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
export function graphql(source: "\n  query AccountsAdminMe {\n    me {\n      username\n      email\n      platformAdmin\n    }\n  }\n"): typeof import('./graphql.js').AccountsAdminMeDocument;
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
export function graphql(source: "\n  mutation EnvironmentsUnarchive($input: EnvironmentIdInput!) {\n    unarchiveEnvironment(input: $input) {\n      id\n      status\n      revision\n      deletedAt\n    }\n  }\n"): typeof import('./graphql.js').EnvironmentsUnarchiveDocument;
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
export function graphql(source: "\n  query EnvironmentsPage(\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n    $filter: EnvironmentFilter\n  ) {\n    environments(first: $first, after: $after, last: $last, before: $before, filter: $filter) {\n      edges {\n        cursor\n        node {\n          id\n          name\n          status\n        }\n      }\n      pageInfo {\n        hasNextPage\n        hasPreviousPage\n        startCursor\n        endCursor\n      }\n    }\n  }\n"): typeof import('./graphql.js').EnvironmentsPageDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query FeedPageEnvironments($after: String) {\n    feed(after: $after, first: 200) {\n      items {\n        ... on EnvironmentChanged {\n          change\n          environmentId\n          environment {\n            name\n          }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.js').FeedPageEnvironmentsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation FeedCreateEnvironment($input: CreateEnvironmentInput!) {\n    createEnvironment(input: $input) {\n      id\n      revision\n    }\n  }\n"): typeof import('./graphql.js').FeedCreateEnvironmentDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation FeedUpdateEnvironment($input: UpdateEnvironmentInput!) {\n    updateEnvironment(input: $input) {\n      revision\n    }\n  }\n"): typeof import('./graphql.js').FeedUpdateEnvironmentDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation FeedPublishEnvironment($input: EnvironmentIdInput!) {\n    publishEnvironment(input: $input) {\n      id\n    }\n  }\n"): typeof import('./graphql.js').FeedPublishEnvironmentDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation FeedArchiveEnvironment($input: EnvironmentIdInput!) {\n    archiveEnvironment(input: $input) {\n      id\n    }\n  }\n"): typeof import('./graphql.js').FeedArchiveEnvironmentDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation FeedUnarchiveEnvironment($input: EnvironmentIdInput!) {\n    unarchiveEnvironment(input: $input) {\n      id\n    }\n  }\n"): typeof import('./graphql.js').FeedUnarchiveEnvironmentDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation FeedDeleteEnvironment($input: EnvironmentIdInput!) {\n    deleteEnvironment(input: $input) {\n      id\n    }\n  }\n"): typeof import('./graphql.js').FeedDeleteEnvironmentDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation FeedRestoreEnvironment($input: EnvironmentIdInput!) {\n    restoreEnvironment(input: $input) {\n      id\n    }\n  }\n"): typeof import('./graphql.js').FeedRestoreEnvironmentDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation FeedRemoveMember($input: RemoveMemberInput!) {\n    removeMember(input: $input)\n  }\n"): typeof import('./graphql.js').FeedRemoveMemberDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation FeedChangeMemberRole($input: ChangeMemberRoleInput!) {\n    changeMemberRole(input: $input) {\n      role\n    }\n  }\n"): typeof import('./graphql.js').FeedChangeMemberRoleDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription FeedFollow($after: String, $topics: [FeedTopic!]) {\n    feed(after: $after, topics: $topics) {\n      __typename\n      cursor\n      ... on EnvironmentChanged {\n        change\n        environmentId\n        environment {\n          name\n          status\n          owner {\n            id\n          }\n        }\n      }\n      ... on FeedGap {\n        reason\n      }\n    }\n  }\n"): typeof import('./graphql.js').FeedFollowDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query FeedPoll($after: String, $first: Int) {\n    feed(after: $after, first: $first) {\n      items {\n        __typename\n        cursor\n        ... on EnvironmentChanged {\n          change\n          environmentId\n        }\n        ... on FeedGap {\n          reason\n        }\n      }\n      cursor\n      hasMore\n    }\n  }\n"): typeof import('./graphql.js').FeedPollDocument;
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
export function graphql(source: "\n  query OrganizationsInvitationsByResolver {\n    invitations {\n      edges {\n        node {\n          id\n        }\n      }\n    }\n    errorCodes {\n      code\n    }\n  }\n"): typeof import('./graphql.js').OrganizationsInvitationsByResolverDocument;
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
export function graphql(source: "\n  mutation OutboxCreateEnvironment($input: CreateEnvironmentInput!) {\n    createEnvironment(input: $input) {\n      id\n    }\n  }\n"): typeof import('./graphql.js').OutboxCreateEnvironmentDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation OutboxUpdateEnvironment($input: UpdateEnvironmentInput!) {\n    updateEnvironment(input: $input) {\n      revision\n    }\n  }\n"): typeof import('./graphql.js').OutboxUpdateEnvironmentDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation OutboxInviteMember($input: InviteMemberInput!) {\n    inviteMember(input: $input) {\n      id\n    }\n  }\n"): typeof import('./graphql.js').OutboxInviteMemberDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OutboxCursorOfNow {\n    feed {\n      cursor\n    }\n  }\n"): typeof import('./graphql.js').OutboxCursorOfNowDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription OutboxFollow($after: String!) {\n    feed(after: $after) {\n      __typename\n      cursor\n      ... on EnvironmentChanged {\n        change\n        environmentId\n      }\n    }\n  }\n"): typeof import('./graphql.js').OutboxFollowDocument;
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
