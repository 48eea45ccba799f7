import { z } from 'zod';
import { balancePolicyFields } from './balance-policy-schema';

const topUp = z.object(balancePolicyFields).shape.topUp;

function rulesWith(usage: string[], quantity: string) {
  const units = {
    ...{ code: 'gift', label: { en: 'Gift', 'zh-CN': '赠送' }, from: '100.00' },
    ...{ usage, quantity, validDays: '30' },
  };
  return topUp.safeParse({ minimum: '1.00', maximum: '500.00', validDays: 'none', units: [units] });
}

it('reads units that come with a top-up in the unit that is written', () => {
  const read = (usage: string, quantity: string) => rulesWith([usage], quantity).data?.units?.[0];
  expect(read('data', '1 GB')).toMatchObject({ usageClasses: ['data'], unit: 'kb', quantity: '1048576' });
  expect(read('voice', '120 min')).toMatchObject({ unit: 'minute', quantity: '120' });
  expect(read('voice', '120 s')).toMatchObject({ unit: 'second', quantity: '120' });
});

it.each([
  [['voice', 'data'], '5 GB'],
  [['data'], '100 messages'],
  [['data'], '0 GB'],
  [['data'], 'much'],
])('refuses units for %j of %s, which could never be used', (usage, quantity) => {
  expect(rulesWith(usage, quantity).success).toBe(false);
});

it('leaves rules without units as they were published', () => {
  const rules = topUp.parse({ minimum: '1.00', maximum: '500.00', validDays: 'none' });
  expect(rules).toEqual({ minimum: '1.00', maximum: '500.00', validDays: null, bonuses: [] });
});
