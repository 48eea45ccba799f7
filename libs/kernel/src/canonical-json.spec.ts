import fc from 'fast-check';
import { canonicalJson, hashOf } from './index';

describe('canonicalJson', () => {
  it('sorts members by code unit, at every level', () => {
    expect(canonicalJson({ b: [{ z: 1, a: 2 }], B: 1, 10: 1, 9: 1, é: 1, a: null })).toBe(
      '{"10":1,"9":1,"B":1,"a":null,"b":[{"a":2,"z":1}],"é":1}',
    );
  });

  it('leaves out undefined, writes bigint and dates as text, and zero without a sign', () => {
    const value = { gone: undefined, list: [undefined], amount: 4_110_703n, at: new Date(0), zero: -0 };
    expect(canonicalJson(value)).toBe(
      '{"amount":"4110703","at":"1970-01-01T00:00:00.000Z","list":[null],"zero":0}',
    );
  });

  it('refuses what JSON cannot hold, and cycles', () => {
    const cycle: Record<string, unknown> = {};
    cycle.self = cycle;
    for (const value of [NaN, Infinity, () => 1, Symbol('s'), new Map(), new Set(), cycle]) {
      expect(() => canonicalJson({ value })).toThrow(expect.objectContaining({ code: 'not_canonical' }));
    }
  });

  it('is JSON of the same content, whatever the order of members', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 })), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(reversed)).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('hashes content with SHA-256', () => {
    expect(hashOf({})).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a');
    expect(hashOf({ a: 1, b: 2n })).toBe(hashOf({ b: '2', a: 1 }));
    expect(hashOf({ a: 1 })).not.toBe(hashOf({ a: 2 }));
  });
});
