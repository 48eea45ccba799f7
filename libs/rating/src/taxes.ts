import type { TaxPolicy } from '@ronghe/contracts';
import type { LocalDate, Money } from '@ronghe/kernel';

export interface TaxableLine {
  net: Money;
  taxClass: string;
  serviceDate: LocalDate;
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

/** The rate of a tax class on a day of service. Throws DomainError('tax_rate_missing'). */
export function taxPercentOf(taxClass: string, serviceDate: LocalDate, policies: readonly TaxPolicy[]): string {
  throw new Error(`not written yet: ${taxClass} ${serviceDate} ${policies.length}`);
}

/**
 * The tax of a bill, highest rate first, and its spread over the lines (same order and length as `lines`):
 * per rate round(gross × r ÷ (1 + r)), shared out by largest remainder, so that Σ lines = total. SEMANTICS §8.
 */
export function computeTaxes(
  lines: readonly TaxableLine[],
  policies: readonly TaxPolicy[],
): { taxes: BillTax[]; lineTaxes: LineTax[] } {
  throw new Error(`not written yet: ${lines.length} ${policies.length}`);
}
