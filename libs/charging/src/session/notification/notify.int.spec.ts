import { ListeningFunction, SILENT } from './listening-function.fixture';
import { postNotification } from './notify.adapter';

/** One notification to a network function that speaks HTTP/1.1, or HTTP/2 without encryption. */

const BODY = { notificationType: 'ABORT_CHARGING' };

describe.each(['http/1.1', 'h2c'] as const)('over %s', (transport) => {
  let listener: ListeningFunction;
  beforeAll(async () => {
    listener = await ListeningFunction.start(transport);
  });
  afterAll(() => listener.stop());

  it('is heard with its path and body, and its answer is told', async () => {
    listener.statuses.push(204, 503, 429, 404, 307);
    const results = [];
    for (let count = 0; count < 5; count += 1)
      results.push((await postNotification(listener.uri('/a/b?c=d'), BODY, transport)).result);
    expect(results).toEqual(['done', 'unreachable', 'unreachable', 'refused', 'refused']);
    expect(listener.heard.splice(0)).toEqual(Array(5).fill({ path: '/a/b?c=d', body: BODY }));
  });

  it('without an answer is an outage', async () => {
    listener.statuses.push(SILENT);
    expect(await postNotification(listener.uri('/silent'), BODY, transport)).toEqual({
      result: 'unreachable',
      outcome: 'no answer within 2000 ms',
    });
    const gone = listener.uri('/gone');
    await listener.stop();
    expect(await postNotification(gone, BODY, transport)).toEqual({
      result: 'unreachable',
      outcome: 'no answer',
    });
  });
});

it('over the other protocol is not heard, and an outage', async () => {
  const [http1, http2] = [await ListeningFunction.start('http/1.1'), await ListeningFunction.start('h2c')];
  try {
    for (const [listener, transport] of [
      [http1, 'h2c'],
      [http2, 'http/1.1'],
    ] as const)
      expect((await postNotification(listener.uri('/'), BODY, transport)).result).toBe('unreachable');
    expect([http1.heard, http2.heard]).toEqual([[], []]);
  } finally {
    await http1.stop();
    await http2.stop();
  }
});
