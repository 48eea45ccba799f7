import { demandsOf, HOLD_LIMIT } from './hold-plan';

describe('the demands of a hold', () => {
  it('are grouped by kind in the order in which stock is locked', () => {
    const demands = demandsOf([
      { slot: 'i1/sim', kind: 'sim' },
      { slot: 'i1/number', kind: 'mobile_number', value: '133 1234 5678' },
      { slot: 'i2/sim', kind: 'sim' },
      { slot: 'i2/number', kind: 'mobile_number' },
      { slot: 'i3/number', kind: 'fixed_number' },
    ]);
    expect(demands).toEqual([
      { kind: 'fixed_number', chosen: [], anySlots: ['i3/number'] },
      {
        kind: 'mobile_number',
        chosen: [{ slot: 'i1/number', value: '8613312345678' }],
        anySlots: ['i2/number'],
      },
      { kind: 'sim', chosen: [], anySlots: ['i1/sim', 'i2/sim'] },
    ]);
  });

  it('name each slot and each chosen value once', () => {
    expect(() =>
      demandsOf([
        { slot: 'a', kind: 'sim' },
        { slot: 'a', kind: 'sim' },
      ]),
    ).toThrow(expect.objectContaining({ code: 'slot_repeated' }));
    expect(() =>
      demandsOf([
        { slot: 'a', kind: 'mobile_number', value: '13312345678' },
        { slot: 'b', kind: 'mobile_number', value: '+8613312345678' },
      ]),
    ).toThrow(expect.objectContaining({ code: 'slot_repeated' }));
  });

  it('are bounded', () => {
    const requests = Array.from({ length: HOLD_LIMIT + 1 }, (_, index) => ({
      slot: `s${index}`,
      kind: 'sim' as const,
    }));
    expect(() => demandsOf(requests)).toThrow(expect.objectContaining({ code: 'too_many_resources' }));
  });
});
