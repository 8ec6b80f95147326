import { Field, ObjectType, registerEnumType } from 'type-graphql';
import type { Role } from '../../kernel/actor.js';
import { connectionOf } from '../../kernel/graphql/connection.js';
import { DateTimeScalar, UuidScalar } from '../../kernel/graphql/scalars.js';
import type { Shape } from '../../kernel/graphql/shape.js';
import type { Invitation } from './invitation.entity.js';
import type { Membership } from './membership.entity.js';
import type { Organization } from './organization.entity.js';

export const RoleEnum = {
  OWNER: 'owner',
  ADMIN: 'admin',
  MEMBER: 'member',
  VIEWER: 'viewer',
} as const satisfies Record<string, Role>;

registerEnumType(RoleEnum, {
  name: 'Role',
  description: 'What a person may do in an organization.',
  valuesConfig: {
    OWNER: { description: 'Everything, and making other owners.' },
    ADMIN: { description: 'Everything but what concerns owners.' },
    MEMBER: { description: 'A teacher or creator: makes environments.' },
    VIEWER: { description: 'A student: sees what is shared.' },
  },
});

@ObjectType('Organization', {
  description: 'A school or a team. What belongs to one is invisible to every other.',
})
export class OrganizationType implements Shape<Organization, 'id' | 'name' | 'createdAt'> {
  @Field(() => UuidScalar)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => DateTimeScalar)
  createdAt!: Date;
}

@ObjectType('Membership', { description: 'That a person works in an organization, and as what.' })
export class MembershipType implements Shape<Membership, 'id' | 'role' | 'createdAt'> {
  @Field(() => UuidScalar)
  id!: string;

  @Field(() => RoleEnum)
  role!: Role;

  @Field(() => DateTimeScalar)
  createdAt!: Date;
}

@ObjectType('Invitation', { description: 'An offer of membership, bound to an address.' })
export class InvitationType implements Shape<
  Invitation,
  'id' | 'email' | 'role' | 'createdAt' | 'expiresAt' | 'withdrawnAt'
> {
  @Field(() => UuidScalar)
  id!: string;

  @Field(() => String)
  email!: string;

  @Field(() => RoleEnum)
  role!: Role;

  @Field(() => DateTimeScalar)
  createdAt!: Date;

  @Field(() => DateTimeScalar)
  expiresAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true })
  withdrawnAt!: Date | null | undefined;
}

@ObjectType()
export class MembershipConnection extends connectionOf('Membership', () => MembershipType) {}

@ObjectType()
export class InvitationConnection extends connectionOf('Invitation', () => InvitationType) {}
