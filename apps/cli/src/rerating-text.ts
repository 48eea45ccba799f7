import { counted } from './counted';
import { textTable } from './text-table';

/** What a command asks of a re-rating. */
export const FIELDS = `reratingId state reason requestedBy requestedAt outOfDate
  scope { accountId offeringCode offeringVersion usedFrom usedTo usageClass source }
  progress { done total secondsLeft }
  summary { accounts periods applied recomputed problems events changed before after delta }
  charges { chargeCode changed before after delta }
  deltas(first: 50) { edges { node { accountId period card chargeCode pricedBefore pricedAfter changed before after
    delta } } pageInfo { hasNextPage } }
  problems { accountId period reason }`;

interface Change {
  before: string;
  after: string;
  delta: string;
}

/** What the API says of a re-rating. */
export interface ReratingAnswer {
  reratingId: string;
  state: string;
  reason: string;
  requestedBy: string;
  requestedAt: string;
  outOfDate: boolean;
  scope: Record<string, string | number | null>;
  progress: { done: number; total: number; secondsLeft: number | null };
  summary: Change &
    Record<'accounts' | 'periods' | 'applied' | 'recomputed' | 'problems', number> &
    Record<'events' | 'changed', number>;
  charges: (Change & { chargeCode: string; changed: number })[];
  deltas: {
    edges: {
      node: Change &
        Record<'accountId' | 'period' | 'card' | 'chargeCode' | 'pricedBefore' | 'pricedAfter', string> & {
          changed: number;
        };
    }[];
    pageInfo: { hasNextPage: boolean };
  };
  problems: { accountId: string; period: string; reason: string }[];
}

const FIGURES = ['changed', 'before', 'after', 'delta'];

/** A re-rating for a terminal. */
export function reratingText(rerating: ReratingAnswer): string {
  const { summary, charges, deltas, problems } = rerating;
  const scope = Object.entries(rerating.scope).filter(([, value]) => value !== null);
  const parts = [
    `re-rating ${rerating.reratingId}: ${rerating.state.toLowerCase()}${rerating.outOfDate ? ', out of date' : ''}`,
    `${scope.map(([name, value]) => `${SCOPE_WORDS[name] ?? name} ${value}`).join(', ')}; ${rerating.reason}`,
    summary.periods === 0
      ? 'nothing changes: everything in its scope is rated as its documents say now'
      : `${counted(summary.accounts, 'account')}, ${counted(summary.periods, 'period')} (${summary.applied} applied, ${summary.recomputed} previewed again), ` +
        `${summary.changed} of ${counted(summary.events, 'event')}: ${summary.before} -> ${summary.after}, delta ${summary.delta}`,
  ];
  if (charges.length > 0) {
    const rows = charges.map((row) => [row.chargeCode, row.changed, row.before, row.after, row.delta]);
    parts.push('', textTable(['price', ...FIGURES], rows, FIGURES));
  }
  if (deltas.edges.length > 0) {
    // Where a mending version comes to the same amount only the version changes: told once, not row by row.
    const shown = deltas.edges.filter(({ node }) => node.before !== node.after);
    const rows = shown.map(({ node }) => [
      ...[node.accountId, node.period, node.card, node.chargeCode, versionsText(node)],
      ...[node.changed, node.before, node.after, node.delta],
    ]);
    const head = ['account', 'period', 'card', 'price', 'version', ...FIGURES];
    if (rows.length > 0) parts.push('', textTable(head, rows, FIGURES));
    const same = deltas.edges.length - shown.length;
    if (same > 0) parts.push(`… ${same} more of these ${deltas.edges.length} change their version only`);
    if (deltas.pageInfo.hasNextPage) parts.push('… and more: --json, or GraphQL rerating { deltas }');
  }
  for (const { accountId, period, reason } of problems) parts.push(`! ${accountId} ${period}: ${reason}`);
  const next = nextStep(rerating);
  if (next !== null) parts.push('', next);
  return parts.join('\n');
}

const SCOPE_WORDS: Record<string, string> = {
  ...{ accountId: 'account', offeringCode: 'offer', offeringVersion: 'version' },
  ...{ usedFrom: 'used from', usedTo: 'used before', usageClass: 'class', source: 'source' },
};

/** What may be done with it now; null: nothing. */
function nextStep({ reratingId, state, outOfDate, summary }: ReratingAnswer): string | null {
  if (state !== 'PREVIEWED') return null;
  if (outOfDate) return `documents have changed since: ronghe rerate again ${reratingId}`;
  if (summary.periods === summary.applied) return null;
  return `to carry it out: ronghe rerate apply ${reratingId}; to give it up: ronghe rerate cancel ${reratingId}`;
}

function versionsText({ pricedBefore, pricedAfter }: { pricedBefore: string; pricedAfter: string }): string {
  return pricedBefore === pricedAfter ? pricedAfter : `${pricedBefore} -> ${pricedAfter}`;
}
