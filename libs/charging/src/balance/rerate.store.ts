import { type Amount, columnArrays } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { GroupPeriodKey } from './group-period';

/** That a card group and period was rated again and came out differently. */
export interface Rerate extends GroupPeriodKey {
  rerateId: string;
  events: number;
  changed: number;
  /** Σ new − Σ old. */
  amountDelta: Amount;
  cause: string;
}

/** Journals re-rating; rows are never changed. */
export async function saveRerates(tx: Tx, rerates: readonly Rerate[]): Promise<void> {
  if (rerates.length === 0) return;
  await tx.execute(
    `insert into charging.rerate
       (lane, rerate_id, card_group_id, period, events, changed, amount_delta, cause, business_at)
     select *, $9::timestamptz from unnest($1::smallint[], $2::uuid[], $3::uuid[], $4::text[], $5::integer[],
       $6::integer[], $7::bigint[], $8::text[])`,
    [
      ...columnArrays(
        rerates,
        (rerate) => rerate.lane,
        (rerate) => rerate.rerateId,
        (rerate) => rerate.cardGroupId,
        (rerate) => rerate.period,
        (rerate) => rerate.events,
        (rerate) => rerate.changed,
        (rerate) => rerate.amountDelta,
        (rerate) => rerate.cause,
      ),
      tx.now,
    ],
  );
}
