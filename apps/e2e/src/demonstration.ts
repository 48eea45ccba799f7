import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  OperatorApi,
  runJourney,
  type DocumentFile,
  type JourneyInput,
  type JourneyReport,
  type Progress,
  type StreetSubscriber,
} from '@ronghe/journey';
import { ROOT, TEST_PASSWORD } from '@ronghe/testing';

export interface ExpectedBill {
  period: string;
  lines: {
    card: string;
    chargeClass: string;
    amount: string;
    discount: string;
    net: string;
    taxPercent: string;
  }[];
  grossByTaxPercent: Record<string, string>;
  taxByTaxPercent: Record<string, string>;
  total: string;
}

/** The bills that were worked out by hand. */
export const goldenBills = (
  JSON.parse(readFileSync(join(ROOT, 'testdata/golden/expected.json'), 'utf8')) as { bills: ExpectedBill[] }
).bills;

const silent: Progress = { step: () => undefined, detail: () => undefined };

/** What the journey needs, for an operator at `url`. `records` sizes the street's usage. */
export function demonstration(
  url: string,
  options: { records?: number; progress?: Progress } = {},
): JourneyInput {
  return {
    api: new OperatorApi({ url, password: TEST_PASSWORD }),
    progress: options.progress ?? silent,
    documents: documentFiles(),
    goldenUsage: readFileSync(join(ROOT, 'testdata/golden/usage.csv'), 'utf8'),
    streetUsage: (subscribers, span) => streetUsage(subscribers, span, options.records ?? 10_000),
  };
}

/** Runs the demonstration and returns its report. */
export async function liveDemonstration(
  url: string,
  options: { records?: number; progress?: Progress } = {},
): Promise<JourneyReport> {
  return runJourney(demonstration(url, options));
}

/** Every document of `catalog/` and `policy/`. */
export function documentFiles(): DocumentFile[] {
  return ['catalog', 'policy'].flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .filter((name) => name.endsWith('.yaml'))
      .sort()
      .map((name) => ({ path: `${folder}/${name}`, text: readFileSync(join(ROOT, folder, name), 'utf8') })),
  );
}

/** A report's bills in the shape of the expected ones. */
export function asExpected(report: JourneyReport): ExpectedBill[] {
  return report.bills.map((bill) => ({
    period: bill.period,
    lines: bill.lines.map(({ card, chargeClass, amount, discount, net, taxPercent }) => ({
      card,
      chargeClass,
      amount,
      discount,
      net,
      taxPercent,
    })),
    grossByTaxPercent: Object.fromEntries(bill.taxes.map(({ percent, gross }) => [percent, gross])),
    taxByTaxPercent: Object.fromEntries(bill.taxes.map(({ percent, tax }) => [percent, tax])),
    total: bill.total,
  }));
}

/** The expected bills without what the report does not carry. */
export function expectedBills(): ExpectedBill[] {
  return goldenBills.map(({ period, lines, grossByTaxPercent, taxByTaxPercent, total }) => ({
    period,
    lines,
    grossByTaxPercent,
    taxByTaxPercent,
    total,
  }));
}

async function streetUsage(
  subscribers: readonly StreetSubscriber[],
  span: { from: string; to: string },
  records: number,
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'ronghe-street-'));
  try {
    const file = join(folder, 'subscribers.json');
    writeFileSync(file, JSON.stringify(subscribers));
    const flags = [
      '--subscribers',
      file,
      '--seed',
      '7',
      '--records',
      String(records),
      '--from',
      span.from,
      '--to',
      span.to,
    ];
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [join(ROOT, 'tools/street-usage.mjs'), ...flags],
      {
        maxBuffer: 64 * 1024 * 1024,
      },
    );
    return stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
