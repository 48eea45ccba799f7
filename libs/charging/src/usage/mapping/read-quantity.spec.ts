import type { UsageSourcePolicy } from '@ronghe/contracts';
import fc from 'fast-check';
import { layoutColumns, LineInterpreter } from '../record-reader';
import { msc as base } from './source.fixture';

describe('a quantity that is converted to what it is counted in', () => {
  const inUnit = (from: string, unit: 'mb' | 'gb' | 'minute' | 'hour', amount: number) => {
    const usageClass = unit === 'mb' || unit === 'gb' ? 'data' : 'voice';
    const mapping: UsageSourcePolicy = {
      ...base,
      format: 'json-lines',
      json: ['id', 'type', 'who', 'at', 'raw'].map((name) => ({ name, path: [name] })),
      derived: [
        {
          column: 'amount',
          is: { call: 'convert', of: [{ column: 'raw' }, { text: from }, { text: unit }] },
        },
      ],
      types: [{ value: 'V', usageClass, quantity: 'amount', unit }],
    };
    const row = { id: 'a', type: 'V', who: '13800138000', at: '2026-06-12T08:00:00+08:00', raw: amount };
    const line = JSON.stringify(row);
    const interpreter = new LineInterpreter(mapping, layoutColumns(mapping) ?? []);
    const got = interpreter.readLine({ text: line, number: 1, endOffset: line.length });
    return got?.kind === 'record' ? got.record.quantity : got?.reason;
  };

  it('is rounded up as if it had not been', () => {
    const amounts = fc.integer({ min: 0, max: 10_000_000 });
    fc.assert(
      fc.property(amounts, fc.constantFrom('mb', 'gb'), (amount, unit) => {
        expect(inUnit('octet', unit, amount)).toBe(BigInt(Math.ceil(amount / 1024)));
        expect(inUnit('kb', unit, amount)).toBe(BigInt(amount));
      }),
    );
    fc.assert(
      fc.property(amounts, fc.constantFrom('minute', 'hour'), (amount, unit) => {
        expect(inUnit('second', unit, amount)).toBe(BigInt(amount));
      }),
    );
    expect(inUnit('second', 'hour', 1)).toBe(1n);
    expect(inUnit('octet', 'mb', 1025)).toBe(2n);
  });
});
