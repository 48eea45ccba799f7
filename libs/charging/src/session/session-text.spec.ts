import { amountFromMicro, instantFromIso } from '@ronghe/kernel';
import type { Reservation, SessionLine } from './session';
import { linesToText, paceToText, reservedToText } from './session-text';

const from = instantFromIso('2026-06-20T04:00:00Z');

describe('texts of a session', () => {
  it('are JSON with text for what JSON has no numbers for', () => {
    const line: SessionLine = { usageId: 'u1', usageClass: 'data', from, used: 2n ** 60n };
    const priced = { ratingGroup: 7, each: amountFromMicro(1_500_000n) };
    expect(JSON.parse(linesToText([line, { ...line, usageClass: 'content', priced }]))).toEqual([
      { usageId: 'u1', usageClass: 'data', from, used: '1152921504606846976' },
      {
        usageId: 'u1',
        usageClass: 'content',
        from,
        used: '1152921504606846976',
        priced: { ratingGroup: 7, each: '1500000' },
      },
    ]);
    expect([linesToText([]), reservedToText([]), paceToText([])]).toEqual(['[]', '[]', '[]']);
  });

  it('carry names with any characters', () => {
    const place = { ratingGroup: 1, upfId: 'upf "a"\n' };
    const held: Reservation = {
      ...place,
      usageClass: 'data',
      kind: 'units',
      bucket: 'pl"an/数据',
      units: 5n,
    };
    const shared: Reservation = { ...held, kind: 'money', sharingId: 's1' };
    const counted = { units: 5n, events: 1n };
    const counter: Reservation = { ...held, kind: 'counter', bucket: 'ow"n/p1', counted };
    expect(JSON.parse(reservedToText([held, { ...held, member: 'm"1' }, shared, counter]))).toEqual([
      { ...held, units: '5' },
      { ...held, units: '5', member: 'm"1' },
      { ...shared, units: '5' },
      { ...counter, units: '5', counted: ['5', '1'] },
    ]);
    expect(JSON.parse(paceToText([{ ...place, at: from, granted: 9n }]))).toEqual([
      { ...place, at: Date.parse(from), granted: '9' },
    ]);
  });
});
