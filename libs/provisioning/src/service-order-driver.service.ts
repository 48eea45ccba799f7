import { Injectable } from '@nestjs/common';
import { addMs, instantToMs, newId } from '@ronghe/kernel';
import { SystemClock, Transactions, type Tx } from '@ronghe/platform';
import { ElementGateway } from './element-gateway.service';
import { HeldLease } from './held-lease.service';
import { LEASE_MS, LeaseStore } from './lease.store';
import { pauseAfterMs } from './retry-delay';
import { ServiceOrderProgress, type Step } from './service-order-progress.service';
import type { TaskOutcome } from './service-order';

/** Three renewals fit into a lease: one that is late does no harm. */
const RENEWAL_MS = LEASE_MS / 3;

/**
 * Drives a service order to its end. What is to be sent is recorded before it is sent, and what came of it after:
 * a process that dies in between leaves a task that the next driver sends again with the same key. A request ends with
 * the lease at the latest, and a driver that finds its lease lost sends nothing more.
 */
@Injectable()
export class ServiceOrderDriver {
  constructor(
    private readonly transactions: Transactions,
    private readonly leases: LeaseStore,
    private readonly progress: ServiceOrderProgress,
    private readonly gateway: ElementGateway,
    private readonly clock: SystemClock,
  ) {}

  /**
   * Returns when the order has ended, rests, waits for a person, or is driven by somebody else.
   * @param stop ends the work early; what is under way is sent again by the next driver.
   */
  async drive(serviceOrderId: string, stop: AbortSignal): Promise<void> {
    const owner = newId();
    const inLease = <T>(work: (tx: Tx) => Promise<T>) => this.transactions.run(work);
    const takenAt = this.clock.now();
    if (!(await inLease((tx) => this.leases.take(tx, serviceOrderId, owner, takenAt)))) return;
    const lease = new HeldLease(this.clock, instantToMs(takenAt), () =>
      inLease((tx) => this.leases.renew(tx, serviceOrderId, owner, this.clock.now())),
    );
    const renewal = setInterval(() => void lease.renew(), RENEWAL_MS);
    let rounds = 0;
    try {
      rounds = await this.rounds(serviceOrderId, owner, lease, stop);
    } finally {
      clearInterval(renewal);
      const resumeAt = rounds > 0 ? addMs(this.clock.now(), pauseAfterMs(rounds)) : null;
      await inLease((tx) => this.leases.release(tx, serviceOrderId, owner, resumeAt));
    }
  }

  /** @returns how often undoing has given up when it did so now; 0 when there is nothing to wait for. */
  private async rounds(
    serviceOrderId: string,
    owner: string,
    lease: HeldLease,
    stop: AbortSignal,
  ): Promise<number> {
    const signal = AbortSignal.any([lease.lost, stop]);
    let outcomes: TaskOutcome[] = [];
    for (;;) {
      const step: Step = await this.transactions.run(async (tx) => {
        // A worker that was away too long records nothing: its successor sends again with the same keys.
        const isOurs = await this.leases.renew(tx, serviceOrderId, owner, this.clock.now());
        return isOurs ? this.progress.advance(tx, serviceOrderId, outcomes) : { kind: 'ended' };
      });
      if (step.kind === 'ended') return 0;
      if (step.kind === 'rest') return step.rounds;
      const { maximumAttempts } = step;
      outcomes = await this.gateway.askAll(step, { maximumAttempts, lease, signal });
      if (signal.aborted) return 0;
    }
  }
}
