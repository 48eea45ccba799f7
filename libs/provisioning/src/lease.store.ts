import { Injectable } from '@nestjs/common';
import { addMs, type Instant } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';

/** A worker that has not renewed its lease by then is taken for dead. */
export const LEASE_MS = 6_000;

/** Who drives a service order: one worker at a time, since two could undo and redo each other's tasks. */
@Injectable()
export class LeaseStore {
  /** Takes a free or expired lease at a system time; false while somebody else drives the order. */
  async take(tx: Tx, serviceOrderId: string, owner: string, now: Instant): Promise<boolean> {
    const taken = await tx.execute(
      `update provisioning.service_order set lease_owner = $2, lease_until = $4, resume_at = null
        where id = $1 and (lease_until is null or lease_until <= $3) and state in ('carrying_out', 'undoing')
          and (resume_at is null or resume_at <= $3)`,
      [serviceOrderId, owner, now, addMs(now, LEASE_MS)],
    );
    return taken === 1;
  }

  /** False when the lease was lost. */
  async renew(tx: Tx, serviceOrderId: string, owner: string, now: Instant): Promise<boolean> {
    const renewed = await tx.execute(
      `update provisioning.service_order set lease_until = $3 where id = $1 and lease_owner = $2`,
      [serviceOrderId, owner, addMs(now, LEASE_MS)],
    );
    return renewed === 1;
  }

  /** Gives the lease back; the order rests until `resumeAt`, null for not at all. */
  async release(tx: Tx, serviceOrderId: string, owner: string, resumeAt: Instant | null): Promise<void> {
    await tx.execute(
      `update provisioning.service_order set lease_owner = null, lease_until = null, resume_at = $3
        where id = $1 and lease_owner = $2`,
      [serviceOrderId, owner, resumeAt],
    );
  }

  /** Ends a rest: a person wants it tried now. */
  async wake(tx: Tx, serviceOrderId: string): Promise<void> {
    await tx.execute(`update provisioning.service_order set resume_at = null where id = $1`, [
      serviceOrderId,
    ]);
  }
}
