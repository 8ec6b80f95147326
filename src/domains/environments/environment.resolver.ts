import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../kernel/context.js';
import { UuidScalar } from '../../kernel/graphql/scalars.js';
import { UserType, loadUser } from '../accounts/index.js';
import type { Environment } from './environment.entity.js';
import {
  CreateEnvironmentInput,
  EnvironmentIdInput,
  ListEnvironmentsArgs,
  UpdateEnvironmentInput,
} from './environment.inputs.js';
import { getEnvironment, listEnvironments } from './environment.queries.js';
import type { EnvironmentService } from './environment.service.js';
import { EnvironmentConnection, EnvironmentType } from './environment.types.js';

@Resolver(() => EnvironmentType)
export class EnvironmentResolver {
  constructor(private readonly environments: EnvironmentService) {}

  @Query(() => EnvironmentType)
  environment(@Ctx() ctx: Context, @Arg('id', () => UuidScalar) id: string): Promise<EnvironmentType> {
    return getEnvironment(ctx, id);
  }

  @Query(() => EnvironmentConnection, {
    name: 'environments',
    description: 'The environments that you may see, newest first.',
  })
  list(
    @Ctx() ctx: Context,
    @Args(() => ListEnvironmentsArgs) { filter, ...page }: ListEnvironmentsArgs,
  ): Promise<EnvironmentConnection> {
    return listEnvironments(ctx, filter ?? {}, page);
  }

  @FieldResolver(() => UserType)
  owner(@Root() environment: Environment, @Ctx() ctx: Context): Promise<UserType> {
    return loadUser(ctx, environment.owner.id);
  }

  @Mutation(() => EnvironmentType, { description: 'Creates a draft that belongs to you.' })
  createEnvironment(
    @Ctx() ctx: Context,
    @Arg('input', () => CreateEnvironmentInput) input: CreateEnvironmentInput,
  ): Promise<EnvironmentType> {
    return this.environments.create(ctx, input);
  }

  @Mutation(() => EnvironmentType, {
    description: 'Edits name or description; refused when somebody was faster.',
  })
  updateEnvironment(
    @Ctx() ctx: Context,
    @Arg('input', () => UpdateEnvironmentInput) input: UpdateEnvironmentInput,
  ): Promise<EnvironmentType> {
    return this.environments.update(ctx, input);
  }

  @Mutation(() => EnvironmentType, { description: 'Shows a draft to the whole organization.' })
  publishEnvironment(
    @Ctx() ctx: Context,
    @Arg('input', () => EnvironmentIdInput) { id }: EnvironmentIdInput,
  ): Promise<EnvironmentType> {
    return this.environments.publish(ctx, id);
  }

  @Mutation(() => EnvironmentType, { description: 'Puts it away without losing anything.' })
  archiveEnvironment(
    @Ctx() ctx: Context,
    @Arg('input', () => EnvironmentIdInput) { id }: EnvironmentIdInput,
  ): Promise<EnvironmentType> {
    return this.environments.archive(ctx, id);
  }

  @Mutation(() => EnvironmentType, { description: 'Deletes it; it can be restored.' })
  deleteEnvironment(
    @Ctx() ctx: Context,
    @Arg('input', () => EnvironmentIdInput) { id }: EnvironmentIdInput,
  ): Promise<EnvironmentType> {
    return this.environments.delete(ctx, id);
  }

  @Mutation(() => EnvironmentType, { description: 'Brings it back from the archive, as it was before.' })
  unarchiveEnvironment(
    @Ctx() ctx: Context,
    @Arg('input', () => EnvironmentIdInput) { id }: EnvironmentIdInput,
  ): Promise<EnvironmentType> {
    return this.environments.unarchive(ctx, id);
  }

  @Mutation(() => EnvironmentType, { description: 'Brings it back from deletion, as it was before.' })
  restoreEnvironment(
    @Ctx() ctx: Context,
    @Arg('input', () => EnvironmentIdInput) { id }: EnvironmentIdInput,
  ): Promise<EnvironmentType> {
    return this.environments.restore(ctx, id);
  }
}
