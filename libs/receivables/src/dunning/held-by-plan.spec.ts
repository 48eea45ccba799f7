import { moneyFromMinor, parseLocalDate } from '@ronghe/kernel';
import { heldByPlan } from './held-by-plan';
import { feeOf, feeRateOf, feeSpans } from './late-fee';

const zone = 'Asia/Shanghai';
const at = (day: string) => `${day}T10:00:00+08:00`;
/** Fen of the late fee of 100.00, late from the 3rd of March and in a plan since the 8th. */
const feeUntil = (until: string, plan: Partial<Parameters<typeof heldByPlan>[0]>) =>
  feeOf(
    feeSpans(
      {
        lateFrom: parseLocalDate('2027-03-03'),
        principal: moneyFromMinor(10_000n),
        settled: [],
        held: heldByPlan({ from: at('2027-03-08'), to: null, fen: '10000', takenBack: [], ...plan }, zone),
      },
      parseLocalDate(until),
    ),
    feeRateOf('3'),
  );

it('holds all of a plan while it lasts, and nothing once it has ended', () => {
  expect(feeUntil('2027-05-01', {})).toBe(150n);
  expect(feeUntil('2027-05-01', { to: at('2027-04-21') })).toBe(150n + 300n);
});

it('lets go what a payment had taken and gave back, from that day on', () => {
  const takenBack = [{ at: at('2027-03-25'), left: '6000' }];
  // 40.00 × 3‰ × 7 days
  expect(feeUntil('2027-04-01', { takenBack })).toBe(150n + 84n);
  // Then 100.00 × 3‰ × 10 days behind the end of the plan.
  expect(feeUntil('2027-05-01', { takenBack, to: at('2027-04-21') })).toBe(150n + 324n + 300n);
});

it('holds what is left after the last of several payments that were taken back', () => {
  const takenBack = [
    { at: at('2027-03-25'), left: '6000' },
    { at: at('2027-03-25'), left: '5000' },
    { at: at('2027-03-30'), left: '0' },
  ];
  // 50.00 × 5 days, 100.00 × 2 days
  expect(feeUntil('2027-04-01', { takenBack })).toBe(150n + 75n + 60n);
});
