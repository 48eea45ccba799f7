import {
  reportCsv,
  reportText,
  runText,
  type BillRunAnswer,
  type BillRunReportAnswer,
} from './bill-run-text';

const run: BillRunAnswer = {
  id: 'r1',
  period: '2026-06',
  billDay: 31,
  zone: 'Europe/Berlin',
  state: 'DRAFTING',
  trigger: 'SCHEDULED',
  forced: false,
  reason: null,
  requestedBy: 'system',
  pausedBy: 'ann',
  accounts: 40,
  added: 39,
  quarantined: 1,
  progress: { done: 40, total: 200, secondsLeft: 12 },
  waitingFor: [{ input: 'usage source mediation', needs: '2026-07-01', has: null }],
  checks: [
    { name: 'a', left: '1.00', right: '1.00' },
    { name: 'b', left: '1.00', right: '2.00' },
  ],
};

it('says of a run where it stands, what it waits for and what differs', () => {
  const lines = runText(run).split('\n');
  expect(lines[2]).toContain('DRAFTING (paused by ann)');
  expect(lines[2]).toContain('40 of 200, 12 s left');
  expect(lines.slice(3)).toEqual([
    'waits for usage source mediation: needs 2026-07-01, has nothing',
    'differs: b: 1.00 is not 2.00',
  ]);
});

const row = (name: string, net: string) => ({ name, lines: 1, discount: '0.00', net, tax: '0.10' });
const report: BillRunReportAnswer = {
  bills: 2,
  creditNotes: 1,
  statements: 0,
  unchanged: 3,
  total: '9.00',
  byProduct: [row('plan', '10.00'), row('', '-1.00')],
  byChargeClass: [row('plan fee', '10.00')],
  byTaxRate: [row('9', '9.00')],
  byServicePeriod: [row('2026-06', '9.00')],
  differences: [],
};
const quarantine = [{ account: { accountId: 'a1' }, code: 'offer_unknown', reason: '=1+1, "x"' }];

it('writes a report as CSV that a spreadsheet reads as text and figures', () => {
  expect(reportCsv(report, quarantine).split('\r\n')).toEqual([
    'section,name,lines,discount,net,tax',
    'count,bills,2,,,',
    'count,credit notes,1,,,',
    'count,statements,0,,,',
    'count,unchanged,3,,,',
    'product,plan,1,0.00,10.00,0.10',
    'product,,1,0.00,-1.00,0.10',
    'charge class,plan fee,1,0.00,10.00,0.10',
    'tax rate,9,1,0.00,9.00,0.10',
    'service period,2026-06,1,0.00,9.00,0.10',
    `quarantine,a1,,,offer_unknown,"'=1+1, ""x"""`,
  ]);
});

it('writes a report for people', () => {
  const text = reportText(report, quarantine);
  expect(text).toContain('2 bills, 1 credit note, 0 statements, 3 accounts unchanged: 9.00 yuan');
  expect(text).toContain('offer_unknown');
});
