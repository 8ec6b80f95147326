import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../kernel/context.js';
import { ConnectionArgs } from '../../kernel/graphql/connection.js';
import { UserType, loadUser } from '../accounts/index.js';
import type { Invitation } from './invitation.entity.js';
import type { InvitationService } from './invitation.service.js';
import { AcceptInvitationInput, InviteMemberInput, WithdrawInvitationInput } from './organization.inputs.js';
import { listInvitations } from './organization.queries.js';
import { InvitationConnection, InvitationType, OrganizationType } from './organization.types.js';

@Resolver(() => InvitationType)
export class InvitationResolver {
  constructor(private readonly invitations: InvitationService) {}

  @Query(() => InvitationConnection, {
    name: 'invitations',
    description: 'The open invitations of your active organization, newest first. For owners and admins.',
  })
  list(@Ctx() ctx: Context, @Args(() => ConnectionArgs) args: ConnectionArgs): Promise<InvitationConnection> {
    return listInvitations(ctx, args);
  }

  @FieldResolver(() => UserType)
  invitedBy(@Root() invitation: Invitation, @Ctx() ctx: Context): Promise<UserType> {
    return loadUser(ctx, invitation.invitedBy.id);
  }

  @Mutation(() => InvitationType, { description: 'Invites an address to your active organization by mail.' })
  inviteMember(
    @Ctx() ctx: Context,
    @Arg('input', () => InviteMemberInput) input: InviteMemberInput,
  ): Promise<InvitationType> {
    return this.invitations.invite(ctx, input);
  }

  @Mutation(() => InvitationType)
  withdrawInvitation(
    @Ctx() ctx: Context,
    @Arg('input', () => WithdrawInvitationInput) { invitationId }: WithdrawInvitationInput,
  ): Promise<InvitationType> {
    return this.invitations.withdraw(ctx, invitationId);
  }

  @Mutation(() => OrganizationType, {
    description: 'Joins the organization that invited your address, which it gives again when repeated.',
  })
  acceptInvitation(
    @Ctx() ctx: Context,
    @Arg('input', () => AcceptInvitationInput) { token }: AcceptInvitationInput,
  ): Promise<OrganizationType> {
    return this.invitations.accept(ctx, token);
  }
}
