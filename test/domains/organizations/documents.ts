import { graphql } from '../../support/generated/gql.js';

export const CreateOrganization = graphql(`
  mutation OrganizationsCreate($input: CreateOrganizationInput!) {
    createOrganization(input: $input) {
      id
      name
      createdAt
    }
  }
`);

export const RenameOrganization = graphql(`
  mutation OrganizationsRename($input: RenameOrganizationInput!) {
    renameOrganization(input: $input) {
      id
      name
    }
  }
`);

export const SwitchOrganization = graphql(`
  mutation OrganizationsSwitch($input: SwitchOrganizationInput!) {
    switchOrganization(input: $input) {
      accessToken
      accessTokenExpiresAt
    }
  }
`);

export const ActiveOrganization = graphql(`
  query OrganizationsActive {
    organization {
      id
      name
    }
  }
`);

export const Members = graphql(`
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
`);

export const MyMemberships = graphql(`
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
`);

export const Invitations = graphql(`
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
`);

/** With a field that the fast lane does not cover, so that the resolvers answer all of it. */
export const InvitationsByResolver = graphql(`
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
`);

export const Invite = graphql(`
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
`);

export const Withdraw = graphql(`
  mutation OrganizationsWithdraw($input: WithdrawInvitationInput!) {
    withdrawInvitation(input: $input) {
      id
      withdrawnAt
    }
  }
`);

export const Accept = graphql(`
  mutation OrganizationsAccept($input: AcceptInvitationInput!) {
    acceptInvitation(input: $input) {
      id
      name
    }
  }
`);

export const ChangeRole = graphql(`
  mutation OrganizationsChangeRole($input: ChangeMemberRoleInput!) {
    changeMemberRole(input: $input) {
      role
      user {
        id
      }
    }
  }
`);

export const Remove = graphql(`
  mutation OrganizationsRemove($input: RemoveMemberInput!) {
    removeMember(input: $input)
  }
`);

export const Leave = graphql(`
  mutation OrganizationsLeave {
    leaveOrganization
  }
`);
