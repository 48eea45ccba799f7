import fc from 'fast-check';
import { jsonNumber, stringifyJson } from './json-number';

it('writes every digit, as a number', () => {
  const body = {
    price: { value: jsonNumber('0.10'), unit: 'CNY' },
    all: [jsonNumber('-12345678901234567890.123456')],
  };
  expect(stringifyJson(body)).toBe(
    '{"price":{"value":0.10,"unit":"CNY"},"all":[-12345678901234567890.123456]}',
  );
});

it('leaves text alone that looks like a number, or like our mark', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string(), (value, text) => {
      const body = { value, text, tricky: ['ronghe:1.5', '\u0001ronghe:x', '"\\u0001ronghe:'] };
      expect(stringifyJson(body)).toBe(JSON.stringify(body));
    }),
  );
});

it('writes the same value that went in', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), (fen) => {
      const digits = `${fen < 0n ? -fen : fen}`.padStart(3, '0');
      const text = `${fen < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
      expect(stringifyJson([jsonNumber(text)])).toBe(`[${text}]`);
    }),
  );
});

it.each(['', '1.', '.5', '01', '1e3', '+1', 'NaN', '1,5', '1 '])('refuses %o', (text) => {
  expect(() => jsonNumber(text)).toThrow('Not a JSON number');
});
