import { moneyFromMinor, moneyToDecimal } from '@ronghe/kernel';

/** A control total of a run: left must equal right, or a person decides. */
export interface RunCheck {
  name: string;
  left: string;
  right: string;
}

/** Sums over the drafts of a run, counted by the database. */
export interface RunSums {
  billTotalFen: bigint;
  lineNetFen: bigint;
  taxGrossFen: bigint;
  billTaxFen: bigint;
  lineTaxFen: bigint;
  /** Bills whose own lines or taxes do not add up to their total. */
  billsAskew: bigint;
  /** (account, service period, key) whose lines do not add up to the rounded exact charges. */
  linesNotRounded: bigint;
  /** What sponsors pay, less what leaves the bills of those that they pay for. */
  transferredFen: bigint;
  accountsDue: bigint;
  accountsClaimed: bigint;
}

/** The checks between drafting and confirmation (SEMANTICS §10). */
export function checksOf(sums: RunSums): RunCheck[] {
  const total = fen(sums.billTotalFen);
  return [
    { name: 'lines add up to totals', left: fen(sums.lineNetFen), right: total },
    { name: 'taxed gross adds up to totals', left: fen(sums.taxGrossFen), right: total },
    { name: 'tax of lines adds up to tax of bills', left: fen(sums.lineTaxFen), right: fen(sums.billTaxFen) },
    { name: 'bills that do not add up', left: sums.billsAskew.toString(), right: '0' },
    { name: 'lines that are not the rounded charges', left: sums.linesNotRounded.toString(), right: '0' },
    { name: 'what sponsors pay leaves other bills', left: fen(sums.transferredFen), right: '0.00' },
    {
      name: 'every account due has been looked at',
      left: sums.accountsClaimed.toString(),
      right: sums.accountsDue.toString(),
    },
  ];
}

function fen(sum: bigint): string {
  return moneyToDecimal(moneyFromMinor(sum));
}
