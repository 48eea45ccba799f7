import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DocumentFile } from '@ronghe/journey';
import { ROOT } from '@ronghe/testing';
import { parse } from 'yaml';

const FOLDER = join(ROOT, 'testdata/golden/year');

/** Usage of a card: seconds of a call, KB of data or messages; `times` repeats it every two hours. */
export interface StoryUsage {
  at: string;
  card: string;
  voice?: string;
  data?: string;
  sms?: string;
  times?: string;
}

/** Something that happens, at a local time of Shanghai; one of the others says what. */
export interface StoryEvent {
  on: string;
  /** Cards and their offers, ordered under a bundle. */
  sell?: { bundle: string; products: Record<string, string> };
  /** Cards that join the main card. */
  add?: Record<string, string>;
  /** Cards that go on under other offers; `waits`: from the first of a month to come. */
  change?: { bundle?: string; waits?: string; products: Record<string, string> };
  move?: string;
  /** Cards that end, on that day or `since` one that has passed, `because` of something. */
  end?: string[];
  since?: string;
  because?: string;
  /** The month whose usage so far arrives; its end brings all of it again. */
  collect?: string;
  /** The month whose late usage arrives. */
  deliver?: string;
  /** Usage that is too old to be charged: it is set aside. */
  tooLate?: StoryUsage[];
  pay?: string;
  /** A part of a bill's line is taken back, or not accepted. */
  credit?: StoryLine;
  dispute?: StoryLine;
  /** The dispute of that reason is accepted. */
  accept?: string;
  /** The tax table of 2027 is announced. */
  publish?: 'tax';
  /** The code with which all this is refused. */
  refused?: string;
  /** How the network bars cards. */
  sees?: Record<string, string>;
  /** What dunning has done so far in the newest case of a service class. */
  dunned?: Record<string, string[]>;
  /** What leaving a card's contract would cost, and how many full months were served. */
  leaving?: Record<string, { served: string; fee: string }>;
}

/** A line of a bill, and a sum of it. */
export interface StoryLine {
  period: string;
  card: string;
  chargeClass: string;
  amount: string;
  reason: string;
}

export interface StoryMonth {
  month: string;
  title: string;
  events: StoryEvent[];
  usage?: StoryUsage[];
  late?: StoryUsage[];
}

/** A line of the worked-out year, as `expected.json` has it. */
export interface YearLine {
  servicePeriod: string;
  card: string;
  chargeClass: string;
  amount: string;
  discount: string;
  net: string;
  taxPercent: string;
}

/** A bill or credit note of the worked-out year. */
export interface YearBill {
  lines: YearLine[];
  taxes: { percent: string; gross: string; tax: string }[];
  total: string;
}

/** An allowance, and how much of it was used when the month's bill came. */
export interface YearBucket {
  period: string;
  card: string;
  origin: string;
  unit: string;
  granted: string;
  used: string;
}

/** What must be true when a month's bill has come. */
export interface YearMonth {
  period: string;
  /** Null where there is nothing to bill. */
  bill: YearBill | null;
  /** Of this month's bill what is to be paid still: credit is used at once. */
  due: string | null;
  /** Credit notes and payments of the days of the month. */
  creditNotes: YearBill[];
  payments: { on: string; amount: string }[];
  /** What the account owes in all. */
  balance: string;
  buckets: YearBucket[];
}

const read = (name: string): string => readFileSync(join(FOLDER, name), 'utf8');

/** What happens in the year, month by month. */
export const story = (
  parse(read('story.yaml'), { schema: 'failsafe', merge: true }) as { months: StoryMonth[] }
).months;

/** What was worked out by hand. */
export const expectedYear = (JSON.parse(read('expected.json')) as { months: YearMonth[] }).months;

/** The documents that the story adds to those of the repository. */
export function storyDocuments(): DocumentFile[] {
  return readdirSync(join(FOLDER, 'catalog')).map((name) => ({
    path: `catalog/${name}`,
    text: read(`catalog/${name}`),
  }));
}
