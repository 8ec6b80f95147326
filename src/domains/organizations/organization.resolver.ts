import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { Context } from '../../kernel/context.js';
import { AccessGrantType } from '../accounts/index.js';
import {
  CreateOrganizationInput,
  RenameOrganizationInput,
  SwitchOrganizationInput,
} from './organization.inputs.js';
import { getOrganization } from './organization.queries.js';
import type { OrganizationService } from './organization.service.js';
import { OrganizationType } from './organization.types.js';

@Resolver()
export class OrganizationResolver {
  constructor(private readonly organizations: OrganizationService) {}

  @Query(() => OrganizationType, { description: 'The organization that your access token is for.' })
  organization(@Ctx() ctx: Context): Promise<OrganizationType> {
    return getOrganization(ctx);
  }

  @Mutation(() => OrganizationType, {
    description: 'Creates an organization that you own. Switch to it to work in it.',
  })
  createOrganization(
    @Ctx() ctx: Context,
    @Arg('input', () => CreateOrganizationInput) input: CreateOrganizationInput,
  ): Promise<OrganizationType> {
    return this.organizations.create(ctx, input);
  }

  @Mutation(() => OrganizationType)
  renameOrganization(
    @Ctx() ctx: Context,
    @Arg('input', () => RenameOrganizationInput) { name }: RenameOrganizationInput,
  ): Promise<OrganizationType> {
    return this.organizations.rename(ctx, name);
  }

  @Mutation(() => AccessGrantType, {
    description: 'Gives an access token for another of your organizations; the session remembers it.',
  })
  switchOrganization(
    @Ctx() ctx: Context,
    @Arg('input', () => SwitchOrganizationInput) { organizationId }: SwitchOrganizationInput,
  ): Promise<AccessGrantType> {
    return this.organizations.switch(ctx, organizationId);
  }
}
