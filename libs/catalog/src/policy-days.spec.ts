import {
  changed,
  examples,
  fileAt,
  offerWith,
  problemsOf,
  withExamples,
} from '../test/document-files.adapter';
import type { DocumentFile } from './read-documents';

/** What prices look zones and bands up in has to be in force on every day on which somebody may use them. */

const zonePlan = 'zone-plan.yaml';
const calendar = 'calendar.yaml';
const rates = 'price-by-zone-and-time.yaml';
const plan = 'offer.yaml';
const sold = [...withExamples, offerWith('example-rates')];
const starting = (from: string, path = zonePlan, files: readonly DocumentFile[] = sold) =>
  changed(files, path, 'effectiveFrom: 2026-01-01', `effectiveFrom: ${from}`);
const ending = (to: string, path = zonePlan) =>
  changed(sold, path, 'version: 1\n', `version: 1\neffectiveTo: ${to}\n`);
const inFile = (path: string, files: readonly DocumentFile[]) =>
  problemsOf(files)
    .filter(({ file }) => file.endsWith(path))
    .map(({ field, message }) => `${field}: ${message}`);

it('a zone plan that starts after the first sale is told of each tariff with it', () => {
  expect(inFile(rates, starting('2027-01-01'))).toEqual([
    'tariffs[0].prices[0].zonePlan: the zone plan example-zones is in force from 2027-01-01 only, but calls of ' +
      'with-example-rates from 2026-01-01: let a version be in force by then',
  ]);
  expect(inFile(plan, starting('2026-01-02'))).toEqual([
    expect.stringContaining('of example-plan from 2026-01-01'),
  ]);
  expect(inFile(rates, starting('2025-01-01'))).toEqual([]);
});

it('one of which earlier versions are not at hand may have them published', () => {
  expect(inFile(rates, changed(starting('2027-01-01'), zonePlan, 'version: 1', 'version: 2'))).toEqual([]);
});

it('so is a calendar, and one without a version after its end', () => {
  expect(inFile(rates, starting('2027-01-01', calendar))).toEqual([
    expect.stringMatching(
      /^tariffs\[0\]\.prices\[0\]\.calendar: the calendar example-hours is in force from 2027-01-01/,
    ),
  ]);
  expect(inFile(rates, ending('2026-07-01', calendar))).toEqual([
    expect.stringMatching(
      /the calendar example-hours ends 2026-07-01, .*: add a version from 2026-07-01 on$/,
    ),
  ]);
  expect(inFile(rates, ending('2026-07-01'))).toEqual([
    expect.stringMatching(
      /^tariffs\[0\]\.prices\[0\]\.zonePlan: the zone plan example-zones ends 2026-07-01/,
    ),
  ]);
});

it('a version that follows is enough, one behind a gap is not', () => {
  const next = (from: string): DocumentFile => ({
    path: 'policy/zones-2.yaml',
    text: fileAt(examples, zonePlan).text.replace('version: 1', 'version: 2').replace('2026-01-01', from),
  });
  expect(problemsOf([...ending('2026-07-01'), next('2026-07-01')])).toEqual([]);
  expect(problemsOf([...ending('2026-07-01'), next('2026-08-01')])).toMatchObject([
    { message: expect.stringContaining('leaves a gap after version 1') as string },
  ]);
});

it('one that ends when the last offer with the tariff is sold no more may end', () => {
  const soldTo = (to: string) =>
    ending('2026-07-01').map((file) =>
      file.path.startsWith('catalog/with-')
        ? { ...file, text: file.text.replace('alone: yes', `to: ${to}, alone: yes`) }
        : file,
    );
  expect(inFile(rates, soldTo('2026-07-01'))).toEqual([]);
  expect(inFile(rates, soldTo('2026-07-02'))).toEqual([
    expect.stringContaining('the zone plan example-zones ends 2026-07-01'),
  ]);
});

it('a dated price needs it on its own days alone', () => {
  const dated = (days: string, files: readonly DocumentFile[]) =>
    changed(files, rates, 'counter: product', `counter: product\n        inForce: { ${days} }`);
  const late = (files: readonly DocumentFile[]) =>
    files.map((file) =>
      file.path.startsWith('catalog/with-')
        ? { ...file, text: file.text.replace('2026-01-01', '2027-06-01') }
        : file,
    );
  expect(inFile(rates, late(dated('from: 2027-02-01', starting('2027-01-01'))))).toEqual([]);
  expect(inFile(rates, late(dated('from: 2026-02-01', starting('2027-07-01'))))).toEqual([
    expect.stringContaining('of with-example-rates from 2027-06-01'),
  ]);
});

it('a tariff that no offer has is left alone; an offer that mends another is held since that one', () => {
  const unsold = starting('2027-01-01', zonePlan, withExamples);
  expect(inFile(rates, unsold)).toEqual([]);
  const other = offerWith('example-rates');
  const mending = (tariff: string): DocumentFile => ({
    path: 'catalog/mending.yaml',
    text: other.text
      .replace('version: 1', 'version: 2\n    corrects: 1')
      .replace('from: 2026-01-01', 'from: 2027-01-01')
      .replace('usage: example-rates', `usage: ${tariff}`),
  });
  const ended = { ...other, text: other.text.replace('alone: yes', 'to: 2027-01-01, alone: yes') };
  expect(inFile(rates, [...unsold, ended, mending('prepaid-worldwide')])).toEqual([]);
  expect(inFile(rates, [...unsold, ended, mending('example-rates')])).toEqual([
    expect.stringContaining('of with-example-rates from 2026-01-01'),
  ]);
});
