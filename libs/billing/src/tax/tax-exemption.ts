import type { LocalDate } from '@ronghe/kernel';

/** An account's freedom from tax by a certificate, on days of service from `from` to before `to`. */
export interface TaxExemption {
  exemptionId: string;
  accountId: string;
  /** The number of the tax authority's certificate. */
  certificate: string;
  from: LocalDate;
  /** The first day on which it holds no more; null: it goes on. */
  to: LocalDate | null;
}

/** Whether a service of the day is free of tax. */
export function isExemptOn(
  exemptions: readonly Pick<TaxExemption, 'from' | 'to'>[],
  serviceDate: LocalDate,
): boolean {
  return exemptions.some(({ from, to }) => from <= serviceDate && (to === null || serviceDate < to));
}
