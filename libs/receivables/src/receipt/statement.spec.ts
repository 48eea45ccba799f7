import type { BankStatementPolicy } from '@ronghe/contracts';
import { parseLocalDate } from '@ronghe/kernel';
import { readStatement } from './statement';

const mapping: BankStatementPolicy = {
  ...{ kind: 'bank-statement', code: 'icbc', version: 1, effectiveTo: null, delimiter: ',', skipLines: 1 },
  effectiveFrom: parseLocalDate('2020-01-01'),
  name: { en: 'ICBC', 'zh-CN': '工商银行' },
  columns: { reference: 'id', valueDate: 'day', amount: 'in', payer: 'who', remarks: ['text', 'more'] },
  dateFormat: 'YYYYMMDD',
  matchBy: ['bill-number'],
};
const text = (...lines: string[]) =>
  ['\ufeffaccount 1', 'id,day,in,out,who,text,more', ...lines].join('\r\n');

it('reads what came in, passes over what went out, and refuses what it cannot read', () => {
  const { receipts, ignored, refused } = readStatement(
    text(
      'T1,20260701,"1,234.50",,Wang Fang,B202606-00000001,thanks',
      'T2,20260702,,9.00,Rent,,',
      'T3,20260231,5.00,,Li,x,',
      'T4,20260703,five,,Li,x,',
      'T5,20260703,-5.00,,Li,x,',
    ),
    mapping,
  );
  expect(receipts.map(({ line, fact: { contentHash: _hash, ...fact } }) => ({ line, ...fact }))).toEqual([
    {
      ...{ line: 3, source: 'icbc', reference: 'T1', amount: 123450n, valueDate: '2026-07-01' },
      ...{ payer: 'Wang Fang', remark: 'B202606-00000001 thanks' },
    },
  ]);
  expect(ignored).toBe(2);
  expect(refused).toEqual([
    { line: 5, reason: 'value-date' },
    { line: 6, reason: 'amount' },
  ]);
});

it('tells equal lines without an id apart by how many stand before, the same in every file', () => {
  const nameless = { ...mapping, columns: { ...mapping.columns, reference: null } };
  const line = ',20260701,5.00,,Li,rent,';
  const references = (content: string) =>
    readStatement(content, nameless).receipts.map(({ fact }) => fact.reference);
  const [first, second] = references(text(line, line));
  expect(first).not.toBe(second);
  expect(references(text(line))).toEqual([first]);
});

it.each([
  ['id,day,in\n1,2,3', 'there is no column who'],
  ['id,day,in,who,text,more\n"unclosed', 'Quote Not Closed'],
])('refuses %j: %s', (content, reason) => {
  expect(() => readStatement(content, { ...mapping, skipLines: 0 })).toThrow(
    expect.objectContaining({ code: 'statement_unreadable', message: expect.stringContaining(reason) }),
  );
});
