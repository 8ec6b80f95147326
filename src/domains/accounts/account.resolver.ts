import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { requireUser } from '../../kernel/actor.js';
import type { Context } from '../../kernel/context.js';
import { RegisterInput, ResendVerificationInput, VerifyEmailInput } from './account.inputs.js';
import { getOwnAccount } from './account.queries.js';
import { AccountType, RegisterPayload } from './account.types.js';
import type { RegistrationService } from './registration.service.js';

@Resolver()
export class AccountResolver {
  constructor(private readonly registration: RegistrationService) {}

  @Query(() => AccountType, { nullable: true, description: 'The signed-in account, or null.' })
  async me(@Ctx() ctx: Context): Promise<AccountType | null> {
    return ctx.actor.kind === 'user' ? getOwnAccount(ctx, requireUser(ctx.actor)) : null;
  }

  @Mutation(() => RegisterPayload, {
    description:
      'Asks for an account, which is made when the address is verified. Until then nothing is reserved. Safe to repeat.',
  })
  register(
    @Ctx() ctx: Context,
    @Arg('input', () => RegisterInput) input: RegisterInput,
  ): Promise<RegisterPayload> {
    return this.registration.register(ctx, input);
  }

  @Mutation(() => RegisterPayload, {
    description:
      'Sends the verification mail again, at most once a minute. The answer never tells whether it did.',
  })
  async resendVerification(
    @Ctx() ctx: Context,
    @Arg('input', () => ResendVerificationInput) { email }: ResendVerificationInput,
  ): Promise<RegisterPayload> {
    await this.registration.resendVerification(ctx, email);
    return { email };
  }

  @Mutation(() => AccountType, {
    description: 'Proves an address with the token of the mailed link, and makes the account.',
  })
  verifyEmail(
    @Ctx() ctx: Context,
    @Arg('input', () => VerifyEmailInput) input: VerifyEmailInput,
  ): Promise<AccountType> {
    return this.registration.verifyEmail(ctx, input);
  }
}
