import { graphql } from '../../support/generated/gql.js';

export const Create = graphql(`
  mutation OutboxCreateEnvironment($input: CreateEnvironmentInput!) {
    createEnvironment(input: $input) {
      id
    }
  }
`);

export const Update = graphql(`
  mutation OutboxUpdateEnvironment($input: UpdateEnvironmentInput!) {
    updateEnvironment(input: $input) {
      revision
    }
  }
`);

export const Invite = graphql(`
  mutation OutboxInviteMember($input: InviteMemberInput!) {
    inviteMember(input: $input) {
      id
    }
  }
`);

export const Now = graphql(`
  query OutboxCursorOfNow {
    feed {
      cursor
    }
  }
`);

export const Follow = graphql(`
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
`);
