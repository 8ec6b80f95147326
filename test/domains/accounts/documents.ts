import { graphql } from '../../support/generated/gql.js';

export const Register = graphql(`
  mutation AccountsRegister($input: RegisterInput!) {
    register(input: $input) {
      email
    }
  }
`);

export const Resend = graphql(`
  mutation AccountsResend($input: ResendVerificationInput!) {
    resendVerification(input: $input) {
      email
    }
  }
`);

export const Verify = graphql(`
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
`);

export const SignIn = graphql(`
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
`);

export const Refresh = graphql(`
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
`);

export const Me = graphql(`
  query AccountsMe {
    me {
      id
      username
    }
  }
`);

export const Sessions = graphql(`
  query AccountsSessions {
    sessions {
      id
      userAgent
      address
      endedAt
      lastSeenAt
    }
  }
`);

export const SignOut = graphql(`
  mutation AccountsSignOut {
    signOut
  }
`);

export const EndSession = graphql(`
  mutation AccountsEndSession($input: EndSessionInput!) {
    endSession(input: $input) {
      id
      endedAt
    }
  }
`);

export const EndOthers = graphql(`
  mutation AccountsEndOthers {
    endOtherSessions {
      endedCount
    }
  }
`);

export const FollowFeed = graphql(`
  subscription AccountsFollowFeed($after: String) {
    feed(after: $after) {
      __typename
      cursor
    }
  }
`);
