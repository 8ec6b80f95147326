import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../kernel/context.js';
import { ConnectionArgs } from '../../kernel/graphql/connection.js';
import { UserType, loadUser } from '../accounts/index.js';
import type { Membership } from './membership.entity.js';
import type { MembershipService } from './membership.service.js';
import { ChangeMemberRoleInput, RemoveMemberInput } from './organization.inputs.js';
import { listMembers, listOwnMemberships, loadOrganization } from './organization.queries.js';
import { MembershipConnection, MembershipType, OrganizationType } from './organization.types.js';

@Resolver(() => MembershipType)
export class MembershipResolver {
  constructor(private readonly memberships: MembershipService) {}

  @Query(() => MembershipConnection, { description: 'The organizations that you belong to, newest first.' })
  myMemberships(
    @Ctx() ctx: Context,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
  ): Promise<MembershipConnection> {
    return listOwnMemberships(ctx, args);
  }

  @Query(() => MembershipConnection, {
    description: 'Who belongs to your active organization, newest first.',
  })
  members(
    @Ctx() ctx: Context,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
  ): Promise<MembershipConnection> {
    return listMembers(ctx, args);
  }

  @FieldResolver(() => UserType)
  user(@Root() membership: Membership, @Ctx() ctx: Context): Promise<UserType> {
    return loadUser(ctx, membership.user.id);
  }

  @FieldResolver(() => OrganizationType)
  organization(@Root() membership: Membership, @Ctx() ctx: Context): Promise<OrganizationType> {
    return loadOrganization(ctx, membership.orgId);
  }

  @Mutation(() => MembershipType)
  changeMemberRole(
    @Ctx() ctx: Context,
    @Arg('input', () => ChangeMemberRoleInput) { userId, role }: ChangeMemberRoleInput,
  ): Promise<MembershipType> {
    return this.memberships.changeRole(ctx, userId, role);
  }

  @Mutation(() => Boolean, {
    description:
      'Removes a person; their access ends at once. True as well for whoever does not belong to it.',
  })
  async removeMember(
    @Ctx() ctx: Context,
    @Arg('input', () => RemoveMemberInput) { userId }: RemoveMemberInput,
  ): Promise<boolean> {
    await this.memberships.remove(ctx, userId);
    return true;
  }

  @Mutation(() => Boolean, {
    description: 'Leaves your active organization. Your access token ends with it.',
  })
  async leaveOrganization(@Ctx() ctx: Context): Promise<boolean> {
    await this.memberships.leave(ctx);
    return true;
  }
}
