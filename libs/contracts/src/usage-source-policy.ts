import type { UsageClass } from './offer-document';
import type { PolicyHead } from './policy-head';
import type { UsageExpression } from './usage-expression';

/**
 * How the records of one usage source are read: a line gives columns by the layout of its format, derived columns are
 * added in order, and `columns` says which of them means what.
 */
export interface UsageSourcePolicy extends PolicyHead<'usage-source'> {
  source: string;
  format: 'csv' | 'fixed-width' | 'json-lines';
  /** Of `csv`; without it: comma, double quotes, names in the first line. */
  csv?: CsvLayout;
  /** Of `fixed-width`. */
  fixedWidth?: FixedWidthColumn[];
  /** Of `json-lines`: one object a line. */
  json?: JsonColumn[];
  /** By name; for the function `lookup`. */
  tables?: Record<string, Record<string, string>>;
  /** In this order; each may use those before it. */
  derived?: { column: string; is: UsageExpression }[];
  /** Zone of times that carry no offset. */
  zone: string;
  /** Default `iso`. `compact`: `yyyyMMddHHmmss`, local. */
  startFormat?: 'iso' | 'compact' | 'epoch-seconds' | 'epoch-milliseconds';
  /** Column names. */
  columns: UsageRecordColumns;
  subscriberBy: SubscriberKeyKind;
  types: UsageTypeMapping[];
  /** Usage of a period closed longer ago than so many periods goes to suspense. */
  lateAfterPeriods: number;
  /** A call of which parts are missing waits so many hours of business time, then it is flagged; without it: until the source is closed. */
  partsWaitHours?: number;
}

/** Which column means what. */
export interface UsageRecordColumns {
  recordId: string;
  type: string;
  /** The subscriber, by `subscriberBy`. */
  subscriber: string;
  peer: string | null;
  start: string;
  /** What somebody else has priced the event at, in yuan. */
  preratedAmount?: string | null;
  /** Present where calls come in parts. */
  parts?: PartColumns | null;
}

/** Columns of a part of a call; a record whose `callId` is empty is whole. */
export interface PartColumns {
  callId: string;
  /** 1 is the first part. */
  number: string;
  /** `1`, `true`, `yes` or `last` in the last part; anything else in the others. */
  last: string;
}

export interface CsvLayout {
  /** One character; `\t` is a tab. */
  delimiter: string;
  /** One character; null: there are no quotes. */
  quote: string | null;
  /** Column names by position; null: the first line names them. */
  columns: string[] | null;
}

export interface FixedWidthColumn {
  name: string;
  /** The first character of a line is 1. */
  start: number;
  length: number;
}

export interface JsonColumn {
  name: string;
  /** Member names and array indexes, from the outside in. */
  path: string[];
}

/**
 * How a subscriber is named: by a telephone number, by the IMSI or the ICCID of a SIM, by the serial number of a terminal
 * at home, or by the product's id.
 */
export type SubscriberKeyKind = 'number' | 'imsi' | 'iccid' | 'equipment' | 'product';

/** In what a source counts; it becomes seconds, KB, messages or items, rounded up to whole ones per record. */
export type DeliveredUnit =
  'millisecond' | 'second' | 'minute' | 'hour' | 'octet' | 'kb' | 'mb' | 'gb' | 'message' | 'item';

/** One value of the type column. */
export interface UsageTypeMapping {
  value: string;
  usageClass: UsageClass;
  /** The column that holds the quantity. */
  quantity: string;
  unit: DeliveredUnit;
}
