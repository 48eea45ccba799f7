import { Injectable } from '@nestjs/common';
import type { EventEnvelope } from '@ronghe/contracts';
import { newId } from '@ronghe/kernel';
import { OnEvent, type Tx } from '@ronghe/platform';
import { findAccount } from '../account.store';
import { assertBalanced } from '../journal-entry';
import { insertEntries } from '../ledger.store';
import { accountNotYetKnown } from '../receivables.errors';
import { findTaxPolicies } from '../top-up/policy.store';
import { addMoved, consumptionLines, movedOf } from './consumption';
import { findPosted, lockPrepayment, savePosted } from './consumption.store';

/** Posts what became of customers' prepayments, day by day: revenue and tax, money that ended, transfers, goodwill. */
@Injectable()
export class ConsumptionService {
  /** A day that was told before is posted as far as it differs; an older version changes nothing. */
  @OnEvent('consumption.posted.v1')
  async posted({ payload, version }: EventEnvelope<'consumption.posted.v1'>, tx: Tx): Promise<void> {
    const { accountId, day } = payload;
    const account = await findAccount(tx, accountId);
    if (!account) throw accountNotYetKnown(accountId);
    const { lane } = account;
    const before = await lockPrepayment(tx, lane, accountId);
    const known = await findPosted(tx, lane, payload);
    if (known && known.version >= version) return;
    const now = movedOf(payload);
    const after = addMoved(before, { before: known?.posted ?? {}, now });
    const lines = consumptionLines(accountId, { before, after, day }, await findTaxPolicies(tx));
    if (lines.length > 0) {
      const entry = { lane, kind: 'consumption' as const, referenceId: newId(), accountId, period: null };
      await insertEntries(tx, [assertBalanced({ ...entry, bookedAt: tx.now, lines })]);
    }
    await savePosted(tx, lane, payload, { version, posted: now, moved: after });
  }
}
