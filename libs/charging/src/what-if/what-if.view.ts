import { amountFromMicro, amountToDecimal, type Instant } from '@ronghe/kernel';
import type { WhatIf as WhatIfType, WhatIfAccount as WhatIfAccountView } from '../generated/graphql';
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
  const { usage, fee } = revenue;
  const { percentiles, histogram, ...counts } = spread;
  return {
    revenue: amountsView(usage.before + fee.before, usage.after + fee.after),
    usage: amountsView(usage.before, usage.after),
    fees: amountsView(fee.before, fee.after),
    lines: lines.map(({ offeringCode, kind, chargeCode, count, before, after }) => ({
      ...{ offeringCode, chargeCode, count },
      kind: kind === 'usage' ? ('USAGE' as const) : ('FEE' as const),
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

function accountView(account: WhatIfAccount): WhatIfAccountView {
  return {
    accountId: account.accountId,
    usage: amountsView(account.usageBefore, account.usageAfter),
    fees: amountsView(account.feesBefore, account.feesAfter),
    ...amountsView(account.usageBefore + account.feesBefore, account.usageAfter + account.feesAfter),
  };
}

function decimal(micro: bigint): string {
  return amountToDecimal(amountFromMicro(micro));
}
