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
import { environmentService } from './environment.service.js';
import { EnvironmentConnection, EnvironmentType } from './environment.types.js';

@Resolver(() => EnvironmentType)
export class EnvironmentResolver {
  @Query(() => EnvironmentType)
  environment(@Ctx() ctx: Context, @Arg('id', () => UuidScalar) id: string): Promise<EnvironmentType> {
    return getEnvironment(ctx, id);
  }

  @Query(() => EnvironmentConnection, { description: 'The environments that you may see, newest first.' })
  environments(
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
    return environmentService.create(ctx, input);
  }

  @Mutation(() => EnvironmentType, {
    description: 'Edits name or description; refused when somebody was faster.',
  })
  updateEnvironment(
    @Ctx() ctx: Context,
    @Arg('input', () => UpdateEnvironmentInput) input: UpdateEnvironmentInput,
  ): Promise<EnvironmentType> {
    return environmentService.update(ctx, input);
  }

  @Mutation(() => EnvironmentType, { description: 'Shows a draft to the whole organization.' })
  publishEnvironment(
    @Ctx() ctx: Context,
    @Arg('input', () => EnvironmentIdInput) { id }: EnvironmentIdInput,
  ): Promise<EnvironmentType> {
    return environmentService.publish(ctx, id);
  }

  @Mutation(() => EnvironmentType, { description: 'Puts it away without losing anything.' })
  archiveEnvironment(
    @Ctx() ctx: Context,
    @Arg('input', () => EnvironmentIdInput) { id }: EnvironmentIdInput,
  ): Promise<EnvironmentType> {
    return environmentService.archive(ctx, id);
  }

  @Mutation(() => EnvironmentType, { description: 'Deletes it; it can be restored.' })
  deleteEnvironment(
    @Ctx() ctx: Context,
    @Arg('input', () => EnvironmentIdInput) { id }: EnvironmentIdInput,
  ): Promise<EnvironmentType> {
    return environmentService.delete(ctx, id);
  }

  @Mutation(() => EnvironmentType, { description: 'Brings it back from deletion, else from the archive.' })
  restoreEnvironment(
    @Ctx() ctx: Context,
    @Arg('input', () => EnvironmentIdInput) { id }: EnvironmentIdInput,
  ): Promise<EnvironmentType> {
    return environmentService.restore(ctx, id);
  }
}
