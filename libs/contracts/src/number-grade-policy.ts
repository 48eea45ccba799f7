import type { PolicyHead } from './policy-head';
import type { LocalizedText, MoneyText } from './text';

/** What numbers of a grade (靓号) must spend in a bill period while they are held; what is missing is a line of the bill. */
export interface NumberGradePolicy extends PolicyHead<'number-grade'> {
  /** Text of the bill line. */
  label: LocalizedText;
  /** Charge class of the line. */
  chargeClass: string;
  taxClass: string;
  /** By inventory's grade; a grade that is not named has no minimum. */
  minimums: { grade: string; amount: MoneyText }[];
  /** Prepaid accounts owe it too: what is missing is taken from their money with the statement. Left out: they do not. */
  prepaid?: 'at-period-end';
}
