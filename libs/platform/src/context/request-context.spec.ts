import {
  newTraceId,
  requestContext,
  runInContext,
  systemContext,
  traceIdOf,
  traceparentOf,
} from './request-context';

it('continues a trace over its header', () => {
  const traceId = newTraceId();
  expect(traceIdOf(traceparentOf(traceId))).toBe(traceId);
});

it.each([
  undefined,
  '',
  'nonsense',
  '00-short-00f067aa0ba902b7-01',
  `00-${'g'.repeat(32)}-00f067aa0ba902b7-01`,
])('begins a new trace where the header is %o', (header) => {
  expect(traceIdOf(header)).toMatch(/^[0-9a-f]{32}$/);
  expect(traceIdOf(header)).not.toBe(traceIdOf(header));
});

it('keeps apart what runs at the same time', async () => {
  const names = ['ann', 'bob', 'eve'];
  const seen = await Promise.all(
    names.map((name, at) =>
      runInContext(systemContext(name, 'test'), async () => {
        await new Promise((resolve) => setTimeout(resolve, 10 * (names.length - at)));
        return requestContext().actor?.id;
      }),
    ),
  );
  expect(seen).toEqual(['system:ann', 'system:bob', 'system:eve']);
  expect(requestContext().actor).toBeNull();
});
