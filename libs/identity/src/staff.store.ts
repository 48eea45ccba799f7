import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Role } from '@ronghe/contracts';
import { instantFromDate, instantToDate, isId, newId, type Instant } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { Staff } from './staff';

interface StaffRow {
  id: string;
  username: string;
  display_name: string;
  roles: Role[];
  created_at: Date;
  disabled_at: Date | null;
  password_hash: string;
}

/** What a new row holds beside its id and times. */
export type NewStaff = Pick<Staff, 'username' | 'displayName' | 'roles'> & { passwordHash: string };

const COLUMNS = 'id, username, display_name, roles, created_at, disabled_at, password_hash';

/** Members of staff. The hash of a password leaves only towards the comparison. */
@Injectable()
export class StaffStore {
  /** Writes members of staff whose names are free; returns those written. */
  async insert(tx: Tx, staff: readonly NewStaff[], by: string): Promise<Staff[]> {
    const rows = await tx.query<StaffRow>(
      `insert into identity.staff (id, username, display_name, password_hash, roles, created_at, created_by)
       select id, username, display_name, password_hash, string_to_array(roles, ','), $6, $7
       from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[])
         as added (id, username, display_name, password_hash, roles)
       on conflict (username) do nothing returning ${COLUMNS}`,
      [
        staff.map(() => newId()),
        staff.map((each) => each.username),
        staff.map((each) => each.displayName),
        staff.map((each) => each.passwordHash),
        staff.map((each) => each.roles.join(',')),
        instantToDate(tx.now),
        by,
      ],
    );
    return rows.map(fromRow);
  }

  async isEmpty(tx: Tx): Promise<boolean> {
    return (await tx.query('select 1 from identity.staff limit 1')).length === 0;
  }

  /** Members of staff by id, in any order; unknown ids are left out. */
  async findMany(tx: Tx, staffIds: readonly string[]): Promise<Staff[]> {
    const sql = `select ${COLUMNS} from identity.staff where id = any($1)`;
    return (await tx.query<StaffRow>(sql, [staffIds.filter(isId)])).map(fromRow);
  }

  /** A member of staff by normal user name, with the hash to compare with. */
  async findForSignIn(tx: Tx, username: string): Promise<{ staff: Staff; passwordHash: string } | null> {
    const [row] = await tx.query<StaffRow>(`select ${COLUMNS} from identity.staff where username = $1`, [
      username,
    ]);
    return row ? { staff: fromRow(row), passwordHash: row.password_hash } : null;
  }

  /** At most `limit` members of staff behind a user name, by user name. */
  async list(tx: Tx, afterUsername: string, limit: number): Promise<Staff[]> {
    const rows = await tx.query<StaffRow>(
      `select ${COLUMNS} from identity.staff where username > $1 order by username limit $2`,
      [afterUsername, limit],
    );
    return rows.map(fromRow);
  }

  /** Bars somebody from signing in; false when there is nobody. Again does nothing. */
  async disable(tx: Tx, staffId: string): Promise<boolean> {
    if (!isId(staffId)) return false;
    const sql = 'update identity.staff set disabled_at = coalesce(disabled_at, $2) where id = $1';
    return (await tx.execute(sql, [staffId, tx.now])) > 0;
  }
}

/** Failures to sign in, by a hash of the user name. */
@Injectable()
export class SignInGuardStore {
  /** Locks the name until the transaction ends and gives its failures. */
  async lock(tx: Tx, username: string, now: Instant): Promise<Instant[]> {
    const [row] = await tx.query<{ failures: Date[] }>(
      `insert into identity.sign_in_guard as guard (username_hash, failures, last_attempt_at) values ($1, '{}', $2)
       on conflict (username_hash) do update set last_attempt_at = excluded.last_attempt_at returning failures`,
      [hashOfName(username), now],
    );
    return (row?.failures ?? []).map(instantFromDate);
  }

  async save(tx: Tx, username: string, failures: readonly Instant[]): Promise<void> {
    const sql = 'update identity.sign_in_guard set failures = $2::timestamptz[] where username_hash = $1';
    await tx.execute(sql, [hashOfName(username), failures]);
  }

  async forget(tx: Tx, username: string): Promise<void> {
    await tx.execute('delete from identity.sign_in_guard where username_hash = $1', [hashOfName(username)]);
  }

  /** Removes a few names that nobody has tried since: unknown names must not fill the table. */
  async sweep(tx: Tx, before: Instant): Promise<void> {
    await tx.execute(
      `delete from identity.sign_in_guard where username_hash in
         (select username_hash from identity.sign_in_guard where last_attempt_at < $1
          order by last_attempt_at limit 20 for update skip locked)`,
      [before],
    );
  }
}

function hashOfName(username: string): Buffer {
  return createHash('sha256').update(username, 'utf8').digest();
}

function fromRow(row: StaffRow): Staff {
  return {
    staffId: row.id,
    username: row.username,
    displayName: row.display_name,
    roles: row.roles,
    createdAt: instantFromDate(row.created_at),
    disabledAt: row.disabled_at && instantFromDate(row.disabled_at),
  };
}
