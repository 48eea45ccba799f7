import { readAmount } from './prepay-balance';

/** Amounts of TMF654 bodies. */

const read = (json: string) =>
  readAmount({ amount: JSON.parse(`{"amount":${json},"units":"CNY"}`) as unknown });

it.each([
  ['12.5', '12.5'],
  ['-0.000001', '-0.000001'],
  ['123456789.123456', '123456789.123456'],
  ['"1234567890123.123456"', '1234567890123.123456'],
])('reads %s exactly', (json, text) => {
  expect(read(json)).toBe(text);
});

it.each(['1234567890123.123456', '9007199254740993', '100000000000000000000', '1234567890.1234567'])(
  'refuses the number %s, of which figures are lost',
  (json) => {
    expect(() => read(json)).toThrow(expect.objectContaining({ code: 'balance_body_invalid' }) as Error);
  },
);
