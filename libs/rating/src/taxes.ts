import type { TaxPolicy } from '@ronghe/contracts';
import {
  allocate,
  compareRatios,
  DomainError,
  moneyFromMinor,
  ratioFromDecimal,
  sumMoney,
  zeroMoney,
  type LocalDate,
  type Money,
} from '@ronghe/kernel';
import { includedTax } from './included-tax';

export interface TaxableLine {
  net: Money;
  taxClass: string;
  serviceDate: LocalDate;
  /** Free of tax: the rate is 0 whatever the table says. */
  isExempt?: boolean;
}

export interface BillTax {
  /** `9`, `6`. */
  percent: string;
  gross: Money;
  tax: Money;
}

export interface LineTax {
  percent: string;
  tax: Money;
}

/** The rate of what is free of tax. */
const EXEMPT = '0';

const found = new WeakMap<readonly TaxPolicy[], Map<string, string>>();

/** The rate of a tax class on a day of service, found once in each list of tables. Throws DomainError('tax_rate_missing'). */
export function taxPercentOf(
  taxClass: string,
  serviceDate: LocalDate,
  policies: readonly TaxPolicy[],
): string {
  const known = found.get(policies) ?? new Map<string, string>();
  found.set(policies, known);
  const key = `${serviceDate} ${taxClass}`;
  const percent = known.get(key) ?? findPercent(taxClass, serviceDate, policies);
  known.set(key, percent);
  return percent;
}

function findPercent(taxClass: string, serviceDate: LocalDate, policies: readonly TaxPolicy[]): string {
  const isInForce = (from: LocalDate, to: LocalDate | null) =>
    from <= serviceDate && (to === null || serviceDate < to);
  const rate = policies
    .filter((policy) => isInForce(policy.effectiveFrom, policy.effectiveTo))
    .sort((a, b) => b.version - a.version)
    .flatMap((policy) => policy.classes.filter((candidate) => candidate.code === taxClass))
    .flatMap((candidate) => candidate.rates)
    .find(({ from, to }) => isInForce(from, to));
  if (!rate) {
    throw new DomainError('tax_rate_missing', 'invalid', `no tax rate for ${taxClass} on ${serviceDate}`, {
      taxClass,
      serviceDate,
    });
  }
  return rate.percent;
}

/**
 * The tax of a bill, highest rate first, and its spread over the lines (same order and length as `lines`):
 * per rate round(gross × r ÷ (1 + r)), shared out by largest remainder, so that Σ lines = total. SEMANTICS §8.
 */
export function computeTaxes(
  lines: readonly TaxableLine[],
  policies: readonly TaxPolicy[],
): { taxes: BillTax[]; lineTaxes: LineTax[] } {
  const lineTaxes = lines.map((line): LineTax => ({
    percent: line.isExempt ? EXEMPT : taxPercentOf(line.taxClass, line.serviceDate, policies),
    tax: zeroMoney,
  }));
  const percents = [...new Set(lineTaxes.map((line) => line.percent))].sort((a, b) =>
    compareRatios(ratioFromDecimal(b), ratioFromDecimal(a)),
  );
  const taxes = percents.map((percent): BillTax => {
    const indexes = lineTaxes.flatMap((line, index) => (line.percent === percent ? [index] : []));
    const nets = indexes.map((index) => lines[index]?.net ?? zeroMoney);
    const gross = sumMoney(nets);
    const tax = includedTax(gross, percent);
    allocate(tax, nets).forEach((share, position) => {
      const line = lineTaxes[indexes[position] ?? -1];
      if (line) line.tax = moneyFromMinor(share);
    });
    return { percent, gross, tax };
  });
  return { taxes, lineTaxes };
}
