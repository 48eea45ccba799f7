import { transportTo, notifyRequest, waitAfter, type SessionNotification } from './notification';

describe('where a notification may go', () => {
  it.each([
    ['http://smf.core.example/notify', ['smf.core.example'], true],
    ['https://smf.core.example:8443/n', ['smf.core.example'], true],
    ['http://smf.core.example:8080/n', ['smf.core.example:8080'], true],
    ['http://smf.core.example/n', ['smf.core.example:80'], true],
    ['http://smf.core.example:8081/n', ['smf.core.example:8080'], false],
    ['http://a.b.core.example/n', ['*.core.example'], true],
    ['http://core.example/n', ['*.core.example'], false],
    ['http://evilcore.example/n', ['*.core.example'], false],
    ['http://SMF.core.example/n', ['smf.CORE.example'], true],
    ['http://smf.core.example@169.254.169.254/n', ['smf.core.example'], false],
    ['http://user:secret@smf.core.example/n', ['smf.core.example'], false],
    ['http://169.254.169.254/latest/meta-data', ['smf.core.example'], false],
    ['http://0x7f000001/n', ['smf.core.example'], false],
    ['http://0x7f000001/n', ['127.0.0.1'], true],
    ['ftp://smf.core.example/n', ['smf.core.example'], false],
    ['file:///etc/passwd', [''], false],
    ['nonsense', ['nonsense'], false],
    ['http://smf.core.example/n', [], false],
  ])('%s with %j: %s', (uri, hosts, isAllowed) => {
    expect(transportTo(uri, hosts)).toBe(isAllowed ? 'http/1.1' : null);
  });
});

describe('how it goes there', () => {
  it.each([
    ['http://smf.core.example:8080/n', ['h2c://smf.core.example:8080'], 'h2c'],
    ['http://a.core.example/n', ['h2c://*.core.example'], 'h2c'],
    ['http://a.core.example/n', ['a.core.example', 'h2c://*.core.example'], 'http/1.1'],
    ['http://a.core.example/n', ['H2C://A.core.example'], 'h2c'],
    // Encrypted HTTP/2 is agreed on by TLS and not by prior knowledge: such a host is not called.
    ['https://a.core.example/n', ['h2c://a.core.example'], null],
    ['http://b.core.example/n', ['h2c://a.core.example'], null],
    ['h2c://a.core.example/n', ['h2c://a.core.example'], null],
  ])('%s with %j: %s', (uri, hosts, transport) => {
    expect(transportTo(uri, hosts)).toBe(transport);
  });
});

it('waits longer after each try', () => {
  expect([1, 2, 3, 4, 5].map(waitAfter)).toEqual([4000, 8000, 16_000, 32_000, 64_000]);
});

it('names the rating groups that may ask again, and none to a session that is cut', () => {
  const said = { kind: 'REAUTHORIZATION', ratingGroups: [1, 20] } as SessionNotification;
  expect(notifyRequest(said)).toEqual({
    notificationType: 'REAUTHORIZATION',
    reauthorizationDetails: [{ ratingGroup: 1 }, { ratingGroup: 20 }],
  });
  expect(notifyRequest({ ...said, kind: 'ABORT_CHARGING' })).toEqual({ notificationType: 'ABORT_CHARGING' });
});
