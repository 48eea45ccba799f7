import type { DunningPolicy, DunningState } from '@ronghe/contracts';
import { parseLocalDate } from '@ronghe/kernel';

const named = (
  code: string,
  effect: DunningState['effect'],
  overdueDays: number,
  given: Partial<DunningState> = {},
): DunningState => ({
  ...{
    code,
    name: { en: code, 'zh-CN': zh[code] ?? code },
    effect,
    overdueDays,
    onDay: null,
    stoppedDays: null,
  },
  ...{ minimumAmount: effect === 'notice' ? '0.01' : '1.00', minimumBills: 1, customerClasses: null },
  ...given,
});

const zh: Readonly<Record<string, string>> = { reminder: '缴费提醒', warning: '停机预警' };

/** The rules of `policy/dunning.yaml`, as the catalog publishes them, for mobile cards and broadband lines. */
export function demonstrationDunning(): DunningPolicy {
  return {
    ...{ kind: 'dunning', code: 'dunning', version: 1 },
    effectiveFrom: parseLocalDate('2020-01-01'),
    effectiveTo: null,
    lateFee: {
      ...{ perMille: '3', chargeClass: 'late fee', label: { en: 'Late fee', 'zh-CN': '违约金' } },
      taxClasses: [
        { percent: '9', taxClass: 'voice' },
        { percent: '6', taxClass: 'value-added' },
      ],
    },
    disputedDays: 'not-counted',
    services: [
      {
        service: 'mobile',
        states: [
          named('reminder', 'notice', 0),
          named('warning', 'notice', 2),
          named('outgoing-stop', 'outgoing-stop', 4),
          named('full-stop', 'full-stop', 19),
          named('termination', 'termination', 60, { stoppedDays: 90 }),
        ],
      },
      {
        service: 'broadband',
        states: [
          named('reminder', 'notice', 0),
          named('warning', 'notice', 23),
          named('full-stop', 'full-stop', 30),
          named('termination', 'termination', 90, { stoppedDays: 60 }),
        ],
      },
    ],
  };
}
