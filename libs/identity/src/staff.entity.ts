import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Somebody who signs in. */
@Entity({ schema: 'identity', name: 'staff' })
@Index('staff_username', ['username'], { unique: true })
@Check(
  'staff_roles',
  `roles <@ array['counter', 'billing', 'operations', 'partner'] and cardinality(roles) > 0`,
)
export class StaffEntity {
  @PrimaryColumn('uuid')
  id!: string;

  /** Normal form: see `normalUsername`. */
  @Column('text')
  username!: string;

  @Column('text', { name: 'display_name' })
  displayName!: string;

  /** argon2id, PHC string. */
  @Column('text', { name: 'password_hash' })
  passwordHash!: string;

  @Column('text', { array: true })
  roles!: string[];

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('text', { name: 'created_by' })
  createdBy!: string;

  @Column('timestamptz', { name: 'disabled_at', nullable: true })
  disabledAt!: Date | null;
}

/** Recent failures to sign in by user name, known or not. System time. */
@Entity({ schema: 'identity', name: 'sign_in_guard' })
@Index('sign_in_guard_last_attempt', ['lastAttemptAt'])
export class SignInGuardEntity {
  /** SHA-256 of the user name: people type passwords into the wrong field. */
  @PrimaryColumn('bytea', { name: 'username_hash' })
  usernameHash!: Buffer;

  @Column('timestamptz', { array: true })
  failures!: Date[];

  @Column('timestamptz', { name: 'last_attempt_at' })
  lastAttemptAt!: Date;
}
