import { Injectable } from '@nestjs/common';
import type { OnlineChargingPolicy } from '@ronghe/contracts';
import type { LocalDate } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { findPoliciesOf } from '../projection/document.store';
import { onlinePolicyOn } from './online-policy';

/** A published policy is in force everywhere within so long. */
const FRESH_MS = 1000;

/** The policy of online charging, looked up at most once a second. */
@Injectable()
export class OnlinePolicies {
  private documents: OnlineChargingPolicy[] = [];
  private readAt = -Infinity;

  /** What is in force as far as it was looked up a moment ago; null: it has to be looked up. */
  knownOn(day: LocalDate): OnlineChargingPolicy | null {
    return performance.now() - this.readAt > FRESH_MS ? null : onlinePolicyOn(this.documents, day);
  }

  async on(tx: Tx, day: LocalDate): Promise<OnlineChargingPolicy> {
    if (performance.now() - this.readAt > FRESH_MS) {
      this.documents = await findPoliciesOf(tx, 'online-charging');
      this.readAt = performance.now();
    }
    return onlinePolicyOn(this.documents, day);
  }
}
