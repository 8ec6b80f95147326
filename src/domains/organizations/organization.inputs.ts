import { IsEmail, IsOptional, Length, MaxLength } from 'class-validator';
import { Field, InputType } from 'type-graphql';
import type { Role } from '../../kernel/actor.js';
import { UuidScalar } from '../../kernel/graphql/scalars.js';
import type { InviteMemberInput as InviteMember } from './invitation.service.js';
import type { CreateOrganizationInput as CreateOrganization } from './organization.service.js';
import { RoleEnum } from './organization.types.js';

const nameRule = { message: 'must have 1 to 120 characters' };

@InputType()
export class CreateOrganizationInput implements CreateOrganization {
  @Field(() => String)
  @Length(1, 120, nameRule)
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Repeats with the same key give the first answer again.',
  })
  @IsOptional()
  idempotencyKey?: string;
}

@InputType()
export class RenameOrganizationInput {
  @Field(() => String)
  @Length(1, 120, nameRule)
  name!: string;
}

@InputType()
export class SwitchOrganizationInput {
  @Field(() => UuidScalar)
  organizationId!: string;
}

@InputType()
export class InviteMemberInput implements InviteMember {
  @Field(() => String)
  @IsEmail({}, { message: 'must be an e-mail address' })
  @MaxLength(254, { message: 'must have at most 254 characters' })
  email!: string;

  @Field(() => RoleEnum)
  role!: Role;

  @Field(() => String, {
    nullable: true,
    description: 'Repeats with the same key give the first answer again.',
  })
  @IsOptional()
  idempotencyKey?: string;
}

@InputType()
export class WithdrawInvitationInput {
  @Field(() => UuidScalar)
  invitationId!: string;
}

@InputType()
export class AcceptInvitationInput {
  @Field(() => String, { description: 'From the link in the mail.' })
  token!: string;
}

@InputType()
export class ChangeMemberRoleInput {
  @Field(() => UuidScalar)
  userId!: string;

  @Field(() => RoleEnum)
  role!: Role;
}

@InputType()
export class RemoveMemberInput {
  @Field(() => UuidScalar)
  userId!: string;
}
