import { graphql } from '../../support/generated/gql.js';

export const Create = graphql(`
  mutation FeedCreateEnvironment($input: CreateEnvironmentInput!) {
    createEnvironment(input: $input) {
      id
      revision
    }
  }
`);
export const Update = graphql(`
  mutation FeedUpdateEnvironment($input: UpdateEnvironmentInput!) {
    updateEnvironment(input: $input) {
      revision
    }
  }
`);
export const Publish = graphql(`
  mutation FeedPublishEnvironment($input: EnvironmentIdInput!) {
    publishEnvironment(input: $input) {
      id
    }
  }
`);
export const Archive = graphql(`
  mutation FeedArchiveEnvironment($input: EnvironmentIdInput!) {
    archiveEnvironment(input: $input) {
      id
    }
  }
`);
export const Unarchive = graphql(`
  mutation FeedUnarchiveEnvironment($input: EnvironmentIdInput!) {
    unarchiveEnvironment(input: $input) {
      id
    }
  }
`);
export const Delete = graphql(`
  mutation FeedDeleteEnvironment($input: EnvironmentIdInput!) {
    deleteEnvironment(input: $input) {
      id
    }
  }
`);
export const Restore = graphql(`
  mutation FeedRestoreEnvironment($input: EnvironmentIdInput!) {
    restoreEnvironment(input: $input) {
      id
    }
  }
`);
export const Remove = graphql(`
  mutation FeedRemoveMember($input: RemoveMemberInput!) {
    removeMember(input: $input)
  }
`);
export const ChangeRole = graphql(`
  mutation FeedChangeMemberRole($input: ChangeMemberRoleInput!) {
    changeMemberRole(input: $input) {
      role
    }
  }
`);
export const Follow = graphql(`
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
`);
export const Poll = graphql(`
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
`);
