import { ArrayMaxSize, IsOptional, Length, MaxLength, Min, ValidateNested } from 'class-validator';
import { ArgsType, Field, InputType, Int } from 'type-graphql';
import { ConnectionArgs } from '../../kernel/graphql/connection.js';
import { UuidScalar } from '../../kernel/graphql/scalars.js';
import type { EnvironmentStatus } from './environment.entity.js';
import type { EnvironmentFilter } from './environment.queries.js';
import type {
  CreateEnvironmentInput as Create,
  UpdateEnvironmentInput as Update,
} from './environment.service.js';
import { EnvironmentStatusEnum } from './environment.types.js';

const nameRule = { message: 'must have 1 to 120 characters' };
const descriptionRule = { message: 'must have at most 4,000 characters' };

@InputType()
export class CreateEnvironmentInput implements Create {
  @Field(() => String)
  @Length(1, 120, nameRule)
  name!: string;

  @Field(() => String, { nullable: true })
  @IsOptional()
  @MaxLength(4000, descriptionRule)
  description?: string;

  @Field(() => String, {
    nullable: true,
    description: 'Repeats with the same key give the first answer again.',
  })
  @IsOptional()
  idempotencyKey?: string;
}

@InputType()
export class UpdateEnvironmentInput implements Update {
  @Field(() => UuidScalar)
  id!: string;

  @Field(() => Int, { description: 'The revision that the edit was made on.' })
  @Min(1, { message: 'must be at least 1' })
  expectedRevision!: number;

  @Field(() => String, { nullable: true })
  @IsOptional()
  @Length(1, 120, nameRule)
  name?: string;

  @Field(() => String, { nullable: true })
  @IsOptional()
  @MaxLength(4000, descriptionRule)
  description?: string;

  @Field(() => String, {
    nullable: true,
    description: 'Repeats with the same key give the first answer again, instead of a conflict.',
  })
  @IsOptional()
  idempotencyKey?: string;
}

@InputType({ description: 'Names an environment.' })
export class EnvironmentIdInput {
  @Field(() => UuidScalar)
  id!: string;
}

@InputType('EnvironmentFilter')
export class EnvironmentFilterInput implements EnvironmentFilter {
  @Field(() => [EnvironmentStatusEnum], { nullable: true, description: 'Any of these; all when left out.' })
  @IsOptional()
  @ArrayMaxSize(3, { message: 'must have at most 3 entries' })
  statuses?: EnvironmentStatus[] | null;

  @Field(() => Boolean, { nullable: true, description: 'Only your own.' })
  mine?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'The deleted ones that you may restore, and only these.',
  })
  deleted?: boolean | null;
}

@ArgsType()
export class ListEnvironmentsArgs extends ConnectionArgs {
  @Field(() => EnvironmentFilterInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  filter?: EnvironmentFilterInput | null;
}
