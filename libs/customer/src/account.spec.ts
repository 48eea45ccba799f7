import { type DomainError, instantFromIso, laneOf } from '@ronghe/kernel';
import { decideAccount } from './account';

const now = instantFromIso('2026-06-01T00:00:00+08:00');
const ids = { accountId: 'a', balanceGroupId: 'g' };

describe('decideAccount', () => {
  it('fills in the defaults and takes the lane from the group', () => {
    expect(decideAccount({ customerId: 'c' }, ids, now)).toEqual({
      accountId: 'a',
      balanceGroupId: 'g',
      customerId: 'c',
      lane: laneOf('g'),
      zone: 'Asia/Shanghai',
      billDay: 1,
      paymentMode: 'postpaid',
      openedAt: now,
    });
  });

  it('takes lane, bill day and zone of the group that it joins, and refuses others', () => {
    const group = { balanceGroupId: 'family', lane: 7, billDay: 20, zone: 'Europe/Berlin' };
    expect(decideAccount({ customerId: 'c', billDay: 20 }, ids, now, group)).toMatchObject({
      accountId: 'a',
      ...group,
    });
    const fieldOf = (part: object): unknown => {
      try {
        return decideAccount({ customerId: 'c', ...part }, ids, now, group);
      } catch (error) {
        return (error as DomainError).details;
      }
    };
    expect([fieldOf({ billDay: 1 }), fieldOf({ zone: 'Asia/Shanghai' })]).toEqual([
      { field: 'billDay' },
      { field: 'zone' },
    ]);
  });

  it.each([1, 28, 29, 30, 31])('takes bill day %d', (billDay) => {
    expect(decideAccount({ customerId: 'c', billDay }, ids, now).billDay).toBe(billDay);
  });

  it.each([{ billDay: 0 }, { billDay: 32 }, { billDay: 1.5 }, { zone: 'Mars/Olympus' }, { zone: '' }])(
    'refuses %j and names the field',
    (part) => {
      try {
        decideAccount({ customerId: 'c', ...part }, ids, now);
      } catch (error) {
        expect((error as DomainError).code).toBe('account_invalid');
        expect((error as DomainError).details).toEqual({ field: Object.keys(part)[0] });
      }
      expect.assertions(2);
    },
  );
});
