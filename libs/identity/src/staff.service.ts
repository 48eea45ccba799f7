import { Injectable } from '@nestjs/common';
import { requestContext, Transactions } from '@ronghe/platform';
import { identityErrors } from './identity.errors';
import { hashPassword } from './password.adapter';
import { readStaff, type Staff, type StaffRequest } from './staff';
import { StaffStore } from './staff.store';

/** Keeps the members of staff. */
@Injectable()
export class StaffService {
  constructor(
    private readonly transactions: Transactions,
    private readonly store: StaffStore,
  ) {}

  /**
   * Creates a member of staff.
   * @throws DomainError `staff_invalid`, `username_taken`.
   */
  async create(request: StaffRequest, idempotencyKey: string): Promise<{ staffId: string }> {
    const staff = readStaff(request);
    const passwordHash = await hashPassword(request.password);
    // The password stays out of the compared input: a plain hash of it must not lie in the command log.
    return this.transactions.once('createStaff', idempotencyKey, staff, async (tx) => {
      const [created] = await this.store.insert(
        tx,
        [{ ...staff, passwordHash }],
        requestContext().actor?.id ?? 'system',
      );
      if (!created) throw identityErrors.usernameTaken(staff.username);
      return { staffId: created.staffId };
    });
  }

  /**
   * Bars a member of staff from signing in; tokens that are out stay valid until they expire.
   * @throws DomainError `staff_not_found`.
   */
  async disable(staffId: string, idempotencyKey: string): Promise<{ staffId: string }> {
    return this.transactions.once('disableStaff', idempotencyKey, { staffId }, async (tx) => {
      if (!(await this.store.disable(tx, staffId))) throw identityErrors.staffNotFound(staffId);
      return { staffId };
    });
  }

  /** @throws DomainError `staff_not_found`. */
  async get(staffId: string): Promise<Staff> {
    const [staff] = await this.findMany([staffId]);
    if (!staff) throw identityErrors.staffNotFound(staffId);
    return staff;
  }

  /** Members of staff in the order of the ids; null where there is nobody. */
  async findMany(staffIds: readonly string[]): Promise<(Staff | null)[]> {
    const found = await this.transactions.read((tx) => this.store.findMany(tx, staffIds));
    return staffIds.map((id) => found.find((staff) => staff.staffId === id) ?? null);
  }

  /** At most `limit` members of staff behind a user name, by user name. */
  async list(afterUsername: string | null, limit: number): Promise<Staff[]> {
    return this.transactions.read((tx) => this.store.list(tx, afterUsername ?? '', limit));
  }
}
