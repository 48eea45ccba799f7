/**
 * What a derived column of a usage source is: a tree of calls over columns and constants. It always ends and touches
 * nothing outside the record; where a call cannot be answered (text that is no number, a key that is in no table) the
 * record is malformed.
 */
export type UsageExpression =
  /** A column of the record, as delivered or derived before. */
  | { column: string }
  /** A constant; numbers as decimal text. */
  | { text: string }
  | { call: UsageFunction; of: UsageExpression[] };

/**
 * Text: `concat`, `substring` (from 1, length), `trim`, `upper`, `lower`, `replace` (all of one text by another), `length`.
 * Decimals, exact: `add`, `subtract`, `multiply`, `divide`, `round`, `floor`, `ceil`, `convert` (from unit, to unit).
 * `lookup` (key, table, otherwise). Conditions: `if`, `equals`, `less`, `atMost`, `and`, `or`, `not`, `startsWith`.
 */
export type UsageFunction =
  | 'concat'
  | 'substring'
  | 'trim'
  | 'upper'
  | 'lower'
  | 'replace'
  | 'length'
  | 'add'
  | 'subtract'
  | 'multiply'
  | 'divide'
  | 'round'
  | 'floor'
  | 'ceil'
  | 'convert'
  | 'lookup'
  | 'if'
  | 'equals'
  | 'less'
  | 'atMost'
  | 'and'
  | 'or'
  | 'not'
  | 'startsWith';
