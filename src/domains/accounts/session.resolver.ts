import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { requireUser } from '../../kernel/actor.js';
import type { Context } from '../../kernel/context.js';
import { EndSessionInput, RefreshTokensInput, SignInInput } from './account.inputs.js';
import { listOwnSessions } from './account.queries.js';
import { EndOtherSessionsPayload, SessionType, SignInPayload } from './account.types.js';
import type { SessionService } from './session.service.js';

@Resolver()
export class SessionResolver {
  constructor(private readonly sessions: SessionService) {}

  @Query(() => [SessionType], { description: 'Where you are signed in, newest first.', name: 'sessions' })
  list(@Ctx() ctx: Context): Promise<SessionType[]> {
    return listOwnSessions(ctx, requireUser(ctx.actor));
  }

  @Mutation(() => SignInPayload)
  signIn(@Ctx() ctx: Context, @Arg('input', () => SignInInput) input: SignInInput): Promise<SignInPayload> {
    return this.sessions.signIn(ctx, input);
  }

  @Mutation(() => SignInPayload, {
    description:
      'Exchanges a refresh token for a new pair. Repeated within ten seconds it gives the same pair; later, a spent one ends the session.',
  })
  refreshTokens(
    @Ctx() ctx: Context,
    @Arg('input', () => RefreshTokensInput) { refreshToken }: RefreshTokensInput,
  ): Promise<SignInPayload> {
    return this.sessions.refresh(ctx, refreshToken);
  }

  @Mutation(() => Boolean, { description: 'Ends this session, on every node and socket.' })
  async signOut(@Ctx() ctx: Context): Promise<boolean> {
    await this.sessions.signOut(ctx, requireUser(ctx.actor));
    return true;
  }

  @Mutation(() => SessionType, { description: 'Ends one of your sessions.' })
  endSession(
    @Ctx() ctx: Context,
    @Arg('input', () => EndSessionInput) { sessionId }: EndSessionInput,
  ): Promise<SessionType> {
    return this.sessions.end(ctx, requireUser(ctx.actor), sessionId);
  }

  @Mutation(() => EndOtherSessionsPayload, { description: 'Ends all of your sessions but this one.' })
  async endOtherSessions(@Ctx() ctx: Context): Promise<EndOtherSessionsPayload> {
    return { endedCount: await this.sessions.endOthers(ctx, requireUser(ctx.actor)) };
  }
}
