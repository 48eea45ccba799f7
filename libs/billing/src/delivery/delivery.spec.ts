import { deliveryAddress } from './delivery-address';
import { isSigned, signatureOf, webhookSecret } from './webhook-signature';

describe('an address', () => {
  it.each([
    ['email', 'li.na@example.cn', 'li.na@example.cn'],
    ['webhook', 'https://example.cn/bills?of=7', 'https://example.cn/bills?of=7'],
    ['file', 'anything', null],
    ['none', 'anything', null],
  ] as const)('of %s: %s', (channel, address, expected) => {
    expect(deliveryAddress(channel, address, false)).toBe(expected);
  });

  it.each([
    ['email', null],
    ['email', 'nobody'],
    ['email', 'a@example.cn, b@example.cn'],
    ['email', 'a@example.cn\r\nBcc: b@example.cn'],
    ['email', 'Li Na <a@example.cn>'],
    ['webhook', null],
    ['webhook', 'http://example.cn/'],
    ['webhook', 'file:///etc/passwd'],
    ['webhook', 'https://user:password@example.cn/'],
    ['webhook', `https://example.cn/${'x'.repeat(300)}`],
  ] as const)('of %s may not be %s', (channel, address) => {
    expect(() => deliveryAddress(channel, address, false)).toThrow(
      expect.objectContaining({ code: 'delivery_address_invalid' }),
    );
  });
});

describe('a webhook', () => {
  const secret = webhookSecret('account-1', 'ours');
  const at = 1_780_000_000_000;
  const header = signatureOf('{"total":"1.00"}', at, secret);

  it('is known by its receiver for five minutes', () => {
    expect(isSigned('{"total":"1.00"}', header, at + 300_000, secret)).toBe(true);
    expect(isSigned('{"total":"1.00"}', header, at + 300_001, secret)).toBe(false);
  });

  it('cannot be changed, dated anew, or signed for another account', () => {
    expect(isSigned('{"total":"9.00"}', header, at, secret)).toBe(false);
    expect(isSigned('{"total":"1.00"}', header.replace(String(at), String(at + 1)), at, secret)).toBe(false);
    expect(isSigned('{"total":"1.00"}', header, at, webhookSecret('account-2', 'ours'))).toBe(false);
    expect(isSigned('{"total":"1.00"}', header, at, webhookSecret('account-1', 'theirs'))).toBe(false);
    for (const wrong of ['', 't=1', `v1=${'0'.repeat(64)}`, `${header},v1=0`])
      expect(isSigned('{"total":"1.00"}', wrong, at, secret)).toBe(false);
  });
});
