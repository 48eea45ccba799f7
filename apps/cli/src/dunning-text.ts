import { counted } from './counted';

/** Where an account stands. */
export const ACCOUNT_QUERY = `query ($id: ID!) { account(accountId: $id) {
  dunning { customerClass exempt overdue overdueDays overdueBills promise { until releases reason }
    cases { service stop openedAt closedAt steps { no kind state stop overdue overdueDays at } }
    next { service kind state stop at } }
  lateFees { number lateFrom accrued waived charged toCharge }
  disputes { disputeId amount state reason } } }`;

/** Dunning at a glance. */
export const SUMMARY_QUERY =
  '{ dunningSummary { stopsWaiting stopsStuck lateFeesRefused cases { service stop cases } } }';

/** Where an account stands in dunning, as the API tells it. */
export interface AccountStanding {
  dunning: {
    customerClass: string;
    exempt: boolean;
    overdue: string;
    overdueDays: number | null;
    overdueBills: number;
    promise: { until: string; releases: boolean; reason: string } | null;
    cases: {
      service: string;
      stop: string;
      openedAt: string;
      closedAt: string | null;
      steps: { no: number; kind: string; state: string | null; stop: string; overdue: string; at: string }[];
    }[];
    next: { service: string; kind: string; state: string | null; at: string }[];
  } | null;
  lateFees: {
    number: string;
    lateFrom: string;
    accrued: string;
    waived: string;
    charged: string;
    toCharge: string;
  }[];
  disputes: { disputeId: string; amount: string; state: string; reason: string }[];
}

/** The same for a terminal. */
export function dunningText(account: AccountStanding | null): string {
  if (!account) return 'There is no such account.';
  const { dunning, lateFees, disputes } = account;
  if (!dunning) return 'The account has had no bill to pay.';
  const late =
    dunning.overdueDays === null
      ? ''
      : `, ${counted(dunning.overdueBills, 'bill')}, for ${counted(dunning.overdueDays, 'day')}`;
  const lines = [`Overdue: ${dunning.overdue}${late}. Class ${dunning.customerClass}.`];
  if (dunning.exempt) lines.push('Exempt: nothing is stopped.');
  if (dunning.promise) {
    const { until, releases, reason } = dunning.promise;
    lines.push(`Promised to pay through ${until}${releases ? ', service goes on' : ''}: ${reason}`);
  }
  for (const { service, stop, closedAt, steps } of dunning.cases) {
    lines.push(`${service}: ${closedAt === null ? stop : `closed ${closedAt}`}`);
    for (const { no, kind, state, overdue, at } of steps) {
      lines.push(`  ${no}. ${at} ${[kind, state].filter(Boolean).join(' ')}, ${overdue} overdue`);
    }
  }
  for (const { service, kind, state, at } of dunning.next) {
    lines.push(
      `Next for ${service}, if nothing is paid: ${[kind, state].filter(Boolean).join(' ')} at ${at}`,
    );
  }
  for (const { number, lateFrom, accrued, waived, charged, toCharge } of lateFees) {
    lines.push(
      `Late fee of ${number}, late from ${lateFrom}: ${accrued} accrued, ${waived} waived, ${charged} charged, ${toCharge} to charge`,
    );
  }
  for (const { disputeId, amount, state, reason } of disputes) {
    lines.push(`Dispute ${disputeId} of ${amount}, ${state}: ${reason}`);
  }
  return lines.join('\n');
}
