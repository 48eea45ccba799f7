import { dunningText } from './dunning-text';

it('tells where an account stands, what comes next and what it costs', () => {
  const text = dunningText({
    dunning: {
      ...{ customerClass: 'standard', exempt: false, overdue: '199.00', overdueDays: 4, overdueBills: 1 },
      promise: { until: '2026-08-20', releases: true, reason: 'wages' },
      cases: [
        {
          ...{
            service: 'MOBILE',
            stop: 'BARRED_OUTGOING',
            openedAt: '2026-07-30T16:00:00.000Z',
            closedAt: null,
          },
          steps: [
            {
              ...{ no: 1, kind: 'STOP', state: 'outgoing-stop', stop: 'BARRED_OUTGOING', overdue: '199.00' },
              at: '2026-08-03T16:00:00.000Z',
            },
          ],
        },
      ],
      next: [{ service: 'MOBILE', kind: 'STOP', state: 'full-stop', at: '2026-08-18T16:00:00.000Z' }],
    },
    lateFees: [
      {
        ...{ number: 'B202606-00000001', lateFrom: '2026-07-31', accrued: '2.39' },
        ...{ waived: '0.00', charged: '0.60', toCharge: '1.79' },
      },
    ],
    disputes: [],
  });
  expect(text.split('\n')).toEqual([
    'Overdue: 199.00, 1 bill, for 4 days. Class standard.',
    'Promised to pay through 2026-08-20, service goes on: wages',
    'MOBILE: BARRED_OUTGOING',
    '  1. 2026-08-03T16:00:00.000Z STOP outgoing-stop, 199.00 overdue',
    'Next for MOBILE, if nothing is paid: STOP full-stop at 2026-08-18T16:00:00.000Z',
    'Late fee of B202606-00000001, late from 2026-07-31: 2.39 accrued, 0.00 waived, 0.60 charged, 1.79 to charge',
  ]);
});

it('says when there is nothing to tell', () => {
  expect(dunningText(null)).toBe('There is no such account.');
  expect(dunningText({ dunning: null, lateFees: [], disputes: [] })).toBe(
    'The account has had no bill to pay.',
  );
});
