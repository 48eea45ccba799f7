import { changed, demonstration, fileAt, problemsOf } from '../test/document-files.adapter';

const path = 'policy/balance.yaml';
const told = (from: string, to: string) =>
  problemsOf(changed(demonstration, path, from, to)).map(({ field, message }) => `${field}: ${message}`);
const bonus = (code: string) =>
  `  bonuses:
    - { code: ${code}, label: { en: Bonus, zh-CN: 赠送 }, from: 10.00, amount: 1.00, validDays: 90, priority: 50 }\n`;
const units = (from: string) =>
  `    - { code: gift, label: { en: Gift, zh-CN: 赠送 }, from: ${from}, usage: [data], quantity: 1 GB, validDays: 30 }\n`;

it('refuses bounds of a top-up that leave nothing to pay in', () => {
  expect(told('minimum: 1.00', 'minimum: 5000.01')).toEqual([
    'topUp.minimum: is more than maximum, 5000.00: nothing could be paid in',
  ]);
  expect(told('minimum: 1.00', 'minimum: 5000.00')).toEqual([]);
});

it('refuses a code that two bonuses have', () => {
  expect(told('  bonuses:\n', bonus('top-up-100'))).toEqual([
    'topUp.bonuses[1].code: top-up-100 is there twice',
  ]);
  expect(told('  bonuses:\n', bonus('top-up-10'))).toEqual([]);
});

it('refuses a code that units of one threshold have twice', () => {
  const given = (...from: string[]) => told('notices:\n', `  units:\n${from.map(units).join('')}notices:\n`);
  expect(given('100', '100.00')).toEqual(['topUp.units[1].code: gift is there twice from 100.00']);
  expect(given('100.00', '200.00')).toEqual([]);
});

it('leaves a version alone that ended as another began', () => {
  const first = 'effectiveFrom: 2020-01-01';
  const wrong = changed(demonstration, path, 'minimum: 1.00', 'minimum: 5000.01');
  const ended = changed(wrong, path, first, `${first}\neffectiveTo: 2026-07-01`);
  const next = fileAt(demonstration, path).text.replace('version: 1', 'version: 2');
  const from = next.replace(first, 'effectiveFrom: 2026-07-01');
  expect(problemsOf(ended)).toHaveLength(1);
  expect(problemsOf([...ended, { path: 'policy/balance-2.yaml', text: from }])).toEqual([]);
});
