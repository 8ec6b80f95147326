import { IsEmail, IsOptional, Length, Matches, MaxLength } from 'class-validator';
import { Field, InputType } from 'type-graphql';
import { UuidScalar } from '../../kernel/graphql/scalars.js';
import { usernamePattern, usernameRule } from './names.js';
import type { RegisterInput as Register, VerifyEmailInput as VerifyEmail } from './registration.service.js';
import type { SignInInput as SignIn } from './session.service.js';

const maxEmailLength = 254;

@InputType()
export class RegisterInput implements Register {
  @Field(() => String)
  @IsEmail({}, { message: 'must be an e-mail address' })
  @MaxLength(maxEmailLength, { message: `must have at most ${maxEmailLength} characters` })
  email!: string;

  @Field(() => String, { description: '3 to 32 letters, digits, dots, hyphens or underscores.' })
  @Matches(usernamePattern, { message: usernameRule })
  username!: string;

  @Field(() => String, { description: 'At least 8 characters.' })
  @Length(8, 1024, { message: 'must have 8 to 1,024 characters' })
  password!: string;

  @Field(() => String, { nullable: true, description: 'What other people see; the username if left out.' })
  @IsOptional()
  @Length(1, 120, { message: 'must have 1 to 120 characters' })
  name?: string;
}

@InputType()
export class ResendVerificationInput {
  @Field(() => String)
  @MaxLength(maxEmailLength, { message: `must have at most ${maxEmailLength} characters` })
  email!: string;
}

@InputType()
export class VerifyEmailInput implements VerifyEmail {
  @Field(() => String, { description: 'From the link in the mail.' })
  token!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The password of the registration that is meant; needed when several wait for the address (ACCOUNTS_VERIFICATION_NEEDS_PASSWORD).',
  })
  @IsOptional()
  @Length(1, 1024, { message: 'must have 1 to 1,024 characters' })
  password?: string;
}

@InputType()
export class SignInInput implements SignIn {
  @Field(() => String, { description: 'E-mail address or username.' })
  @Length(1, maxEmailLength, { message: `must have 1 to ${maxEmailLength} characters` })
  login!: string;

  @Field(() => String)
  @Length(1, 1024, { message: 'must have 1 to 1,024 characters' })
  password!: string;
}

@InputType()
export class RefreshTokensInput {
  @Field(() => String)
  refreshToken!: string;
}

@InputType()
export class EndSessionInput {
  @Field(() => UuidScalar)
  sessionId!: string;
}
