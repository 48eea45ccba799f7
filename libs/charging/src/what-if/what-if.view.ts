import { amountFromMicro, amountToDecimal, type Instant } from '@ronghe/kernel';
import type {
  WhatIf as WhatIfType,
  WhatIfAccount as WhatIfAccountView,
  WhatIfLineKind,
} from '../generated/graphql';
import { secondsLeft } from '../rerating/rerating';
import { amountsView } from '../rerating/rerating.view';
import type { WhatIf } from './what-if';
import type { WhatIfAccount, WhatIfFigures } from './what-if-result';

/** A trial as GraphQL shows it; its figures are resolved where they are asked for. */
export function whatIfView(trial: WhatIf, now: Instant) {
  const { whatIfId, period, conflicts, requestedBy, requestedAt, finishedAt, draft, since } = trial;
  const progress = { done: trial.accountsDone, total: trial.accountsTotal, since };
  return {
    ...{ whatIfId, period, conflicts, requestedBy, requestedAt, finishedAt },
    state: trial.state.toUpperCase() as WhatIfType['state'],
    replacements: Object.entries(draft.offers)
      .map(([offering, { code, version }]) => ({ offering, by: `${code}@${version}` }))
      .sort((a, b) => (a.offering < b.offering ? -1 : 1)),
    policies: draft.draftedPolicies ?? [],
    progress: {
      done: progress.done,
      total: progress.total,
      secondsLeft: trial.state === 'running' ? secondsLeft(progress, now) : null,
    },
  };
}

export type WhatIfView = ReturnType<typeof whatIfView>;

/** The figures of a trial. */
export function figuresView({ revenue, lines, spread, rising, falling, problems }: WhatIfFigures) {
  const { usage, minimum, fee, discount, rounding } = revenue;
  const { percentiles, histogram, ...counts } = spread;
  return {
    revenue: changeOf(usage, minimum, fee, discount, rounding),
    usage: changeOf(usage, minimum),
    fees: changeOf(fee),
    discounts: changeOf(discount),
    rounding: changeOf(rounding),
    lines: lines.map(({ offeringCode, kind, chargeCode, count, before, after }) => ({
      ...{ offeringCode, chargeCode, count },
      kind: kind.toUpperCase() as WhatIfLineKind,
      ...amountsView(before, after),
    })),
    accounts: {
      ...counts,
      percentiles: percentiles.map(({ percent, delta }) => ({ percent, delta: decimal(delta) })),
      histogram: histogram.map(({ from, to, accounts }) => ({
        from: from === null ? null : decimal(from),
        to: to === null ? null : decimal(to),
        accounts,
      })),
      mostRising: rising.map(accountView),
      mostFalling: falling.map(accountView),
      unchargeable: problems,
    },
  };
}

function changeOf(...changes: { before: bigint; after: bigint }[]): ReturnType<typeof amountsView> {
  const sum = (side: 'before' | 'after') => changes.reduce((total, change) => total + change[side], 0n);
  return amountsView(sum('before'), sum('after'));
}

function accountView({ accountId, before, after }: WhatIfAccount): WhatIfAccountView {
  return {
    accountId,
    usage: amountsView(before.usage, after.usage),
    fees: amountsView(before.fees, after.fees),
    discounts: amountsView(before.discounts, after.discounts),
    ...amountsView(before.total, after.total),
  };
}

function decimal(micro: bigint): string {
  return amountToDecimal(amountFromMicro(micro));
}
