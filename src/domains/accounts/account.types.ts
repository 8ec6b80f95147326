import { Field, Int, ObjectType } from 'type-graphql';
import { DateTimeScalar, UuidScalar } from '../../kernel/graphql/scalars.js';
import type { Shape } from '../../kernel/graphql/shape.js';
import type { Account } from './account.entity.js';
import type { Session } from './session.entity.js';
import type { SignedIn } from './session.service.js';

@ObjectType('User', { description: 'A person, as other people see them.' })
export class UserType implements Shape<Account, 'id' | 'username' | 'name'> {
  @Field(() => UuidScalar)
  id!: string;

  @Field(() => String)
  username!: string;

  @Field(() => String)
  name!: string;
}

@ObjectType('Account', { description: 'The signed-in person, as they see themselves.' })
export class AccountType implements Shape<
  Account,
  'id' | 'email' | 'username' | 'name' | 'emailVerifiedAt' | 'platformAdmin' | 'createdAt'
> {
  @Field(() => UuidScalar)
  id!: string;

  @Field(() => String)
  email!: string;

  @Field(() => String)
  username!: string;

  @Field(() => String)
  name!: string;

  @Field(() => DateTimeScalar)
  emailVerifiedAt!: Date;

  @Field(() => Boolean, { description: 'Whether the account runs Toolbox itself.' })
  platformAdmin!: boolean;

  @Field(() => DateTimeScalar)
  createdAt!: Date;
}

@ObjectType('Session', { description: 'One sign-in on one device.' })
export class SessionType implements Shape<
  Session,
  'id' | 'address' | 'userAgent' | 'createdAt' | 'lastSeenAt' | 'expiresAt' | 'endedAt'
> {
  @Field(() => UuidScalar)
  id!: string;

  @Field(() => String, { nullable: true, description: 'Network address of the sign-in.' })
  address!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'What the client called itself.' })
  userAgent!: string | null | undefined;

  @Field(() => DateTimeScalar)
  createdAt!: Date;

  @Field(() => DateTimeScalar, { description: 'When it last got a new access token.' })
  lastSeenAt!: Date;

  @Field(() => DateTimeScalar, { description: 'When it ends by itself unless it is used.' })
  expiresAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true })
  endedAt!: Date | null | undefined;
}

@ObjectType('RegisterPayload')
export class RegisterPayload {
  @Field(() => String, {
    description: 'Where the verification mail goes, whether or not the address was known.',
  })
  email!: string;
}

@ObjectType('AccessGrant', { description: 'A new access token.' })
export class AccessGrantType {
  @Field(() => String, { description: 'Send it as `Authorization: Bearer …`.' })
  accessToken!: string;

  @Field(() => DateTimeScalar)
  accessTokenExpiresAt!: Date;
}

@ObjectType('SignInPayload', { description: 'What a client keeps to stay signed in.' })
export class SignInPayload extends AccessGrantType implements Shape<SignedIn, 'refreshToken'> {
  @Field(() => String, { description: 'Exchange it for a new pair; each one is for one use.' })
  refreshToken!: string;

  @Field(() => DateTimeScalar)
  refreshTokenExpiresAt!: Date;

  @Field(() => AccountType)
  account!: AccountType;

  @Field(() => SessionType)
  session!: SessionType;
}

@ObjectType('EndOtherSessionsPayload')
export class EndOtherSessionsPayload {
  @Field(() => Int)
  endedCount!: number;
}
