import { instantFromIso } from '@ronghe/kernel';
import fc from 'fast-check';
import { assembleCall, conflictOf, moveOf, type StoredPart } from './call-parts';
import { noCounts } from './usage-file';

function part(
  number: number,
  more: { isLast?: boolean; quantity?: bigint; recordId?: string } = {},
): StoredPart {
  return {
    record: {
      source: 'msc',
      recordId: more.recordId ?? `r${number}`,
      usageClass: 'voice',
      subscriber: '8613800138000',
      peer: null,
      usedAt: instantFromIso(`2026-06-12T0${number % 10}:00:00Z`),
      quantity: more.quantity ?? 60n,
      unit: 'second',
      preratedAmount: null,
      part: { callId: 'c', number, isLast: more.isLast ?? false },
    },
    fileId: 'f',
    lineNumber: number,
    line: '',
    cells: {},
    state: 'waiting',
  };
}

it('makes one event of all parts, whatever their order, from the start of the first', () => {
  const whole = [1, 2, 3, 4].map((number) => part(number, { isLast: number === 4 }));
  fc.assert(
    fc.property(fc.shuffledSubarray(whole, { minLength: 1 }), (parts) => {
      const assembly = assembleCall(parts);
      expect(assembly.kind).toBe(parts.length === whole.length ? 'complete' : 'incomplete');
      if (assembly.kind !== 'complete') return;
      expect(assembly.record).toMatchObject({ recordId: 'r1', quantity: 240n, part: null });
      expect(assembly.record.usedAt).toBe(whole[0]?.record.usedAt);
    }),
  );
});

it('says what is missing', () => {
  expect(assembleCall([part(1), part(4, { isLast: true })])).toEqual({
    kind: 'incomplete',
    missing: 'part 2, 3 of the call is missing',
  });
  expect(assembleCall([part(2)])).toEqual({
    kind: 'incomplete',
    missing: 'part 1 and the last part of the call is missing',
  });
});

it('refuses parts that cannot belong to the call', () => {
  const others = [part(1), part(3, { isLast: true })];
  expect(conflictOf(part(2), others)).toBeNull();
  expect(conflictOf(part(1, { recordId: 'x' }), others)).toBe('part 1 of the call came before as r1');
  expect(conflictOf(part(4), others)).toBe('part 3 was the last of the call');
  expect(conflictOf(part(2, { isLast: true }), others)).toBe('part 3 of the call came before');
  expect(conflictOf(part(2, { quantity: 10n ** 12n }), others)).toBe('the call is larger than twelve digits');
});

it('moves the counter of a part’s file with its state', () => {
  expect(moveOf(part(1), 'combined')).toEqual([{ ...noCounts, fileId: 'f', waiting: -1, combined: 1 }]);
  expect(moveOf(part(1), 'waiting')).toEqual([]);
});
