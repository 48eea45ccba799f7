import { counted } from './counted';
import { textTable } from './text-table';

/** What a command asks of a trial. */
export const FIELDS = `whatIfId state period conflicts replacements { offering by } policies
  progress { done total secondsLeft }
  figures { revenue { before after delta } usage { before after delta } fees { before after delta }
    discounts { before after delta } rounding { before after delta }
    lines { offeringCode kind chargeCode count before after delta }
    accounts { changed rising falling problems percentiles { percent delta } histogram { from to accounts }
      mostRising { accountId before after delta } mostFalling { accountId before after delta }
      unchargeable { accountId reason } } }`;

interface Change {
  before: string;
  after: string;
  delta: string;
}

/** What the API says of a trial. */
export interface WhatIfAnswer {
  state: string;
  period: string;
  conflicts: string[];
  replacements: { offering: string; by: string }[];
  policies: string[];
  progress: { done: number; total: number; secondsLeft: number | null };
  figures: Record<(typeof TOTALS)[number], Change> & {
    lines: (Change & { offeringCode: string; kind: string; chargeCode: string; count: number })[];
    accounts: Record<'changed' | 'rising' | 'falling' | 'problems', number> & {
      percentiles: { percent: number; delta: string }[];
      histogram: { from: string | null; to: string | null; accounts: number }[];
      mostRising: (Change & { accountId: string })[];
      mostFalling: (Change & { accountId: string })[];
      unchargeable: { accountId: string; reason: string }[];
    };
  };
}

/** Together, the first four are the last. */
const TOTALS = ['usage', 'fees', 'discounts', 'rounding', 'revenue'] as const;
const FIGURES = ['before', 'after', 'delta'];

/** A trial for a terminal. */
export function whatIfText({
  period,
  state,
  progress,
  replacements,
  policies,
  conflicts,
  figures,
}: WhatIfAnswer): string {
  const { accounts, lines } = figures;
  const amounts = TOTALS.map((name) => {
    const { before, after, delta } = figures[name];
    return [name, before, after, delta];
  });
  const tried = [...replacements.map(({ offering, by }) => `${by} for ${offering}`), ...policies];
  const parts = [
    `${period} ${tried.length > 0 ? `with ${tried.join(', ')}` : 'as it is (nothing in the documents differs from what is live)'}: ` +
      `${state.toLowerCase()}, ${counted(progress.done, 'account')}`,
    ...conflicts.map((conflict) => `! as they are, the documents cannot be published: ${conflict}`),
    '',
    textTable(['', ...FIGURES], amounts, FIGURES),
    '',
    textTable(
      ['offer', 'kind', 'price', 'count', ...FIGURES],
      lines.map((line) => [
        ...[line.offeringCode, line.kind.toLowerCase(), line.chargeCode, line.count],
        ...[line.before, line.after, line.delta],
      ]),
      ['count', ...FIGURES],
    ),
    '',
    `${counted(accounts.changed, 'account pays', 'accounts pay')} another amount: ${accounts.rising} more, ${accounts.falling} less`,
  ];
  if (accounts.percentiles.length > 0) {
    parts.push(accounts.percentiles.map(({ percent, delta }) => `${percent} %: ${delta}`).join('   '));
    const ranges = accounts.histogram.map(({ from, to, accounts: count }) => [from ?? '…', to ?? '…', count]);
    parts.push('', textTable(['from', 'to', 'accounts'], ranges, ['from', 'to', 'accounts']));
  }
  for (const [title, rows] of [
    ['largest rises', accounts.mostRising],
    ['largest falls', accounts.mostFalling],
  ] as const) {
    if (rows.length === 0) continue;
    const cells = rows.map(({ accountId, before, after, delta }) => [accountId, before, after, delta]);
    parts.push('', textTable([title, ...FIGURES], cells, FIGURES));
  }
  for (const { accountId, reason } of accounts.unchargeable) parts.push(`! ${accountId}: ${reason}`);
  return parts.join('\n');
}
