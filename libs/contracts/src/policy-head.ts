import type { LocalDate } from '@ronghe/kernel';

/** What every policy document says of itself. */
export interface PolicyHead<K extends string> {
  kind: K;
  /** One code, many versions: `tax`, `billing`, `mediation`. */
  code: string;
  version: number;
  /** First local day in force, and the first day no longer (null: open). */
  effectiveFrom: LocalDate;
  effectiveTo: LocalDate | null;
}
