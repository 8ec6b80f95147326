import { graphql } from '../../support/generated/gql.js';

export const CreateEnvironment = graphql(`
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
`);

export const UpdateEnvironment = graphql(`
  mutation EnvironmentsUpdate($input: UpdateEnvironmentInput!) {
    updateEnvironment(input: $input) {
      id
      name
      description
      revision
      status
    }
  }
`);

export const PublishEnvironment = graphql(`
  mutation EnvironmentsPublish($input: EnvironmentIdInput!) {
    publishEnvironment(input: $input) {
      id
      status
      revision
      deletedAt
    }
  }
`);

export const ArchiveEnvironment = graphql(`
  mutation EnvironmentsArchive($input: EnvironmentIdInput!) {
    archiveEnvironment(input: $input) {
      id
      status
      revision
      deletedAt
    }
  }
`);

export const UnarchiveEnvironment = graphql(`
  mutation EnvironmentsUnarchive($input: EnvironmentIdInput!) {
    unarchiveEnvironment(input: $input) {
      id
      status
      revision
      deletedAt
    }
  }
`);

export const DeleteEnvironment = graphql(`
  mutation EnvironmentsDelete($input: EnvironmentIdInput!) {
    deleteEnvironment(input: $input) {
      id
      status
      revision
      deletedAt
    }
  }
`);

export const RestoreEnvironment = graphql(`
  mutation EnvironmentsRestore($input: EnvironmentIdInput!) {
    restoreEnvironment(input: $input) {
      id
      status
      revision
      deletedAt
    }
  }
`);

export const GetEnvironment = graphql(`
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
`);

export const PageEnvironments = graphql(`
  query EnvironmentsPage(
    $first: Int
    $after: String
    $last: Int
    $before: String
    $filter: EnvironmentFilter
  ) {
    environments(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
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
`);
