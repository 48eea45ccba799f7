import { Loop, type RoundResult } from './loop';

const HOUR_MS = 3_600_000;

/** A loop of which each round is let go by hand, and which would wait an hour by itself. */
function loopByHand() {
  const rounds: ((result: RoundResult) => void)[] = [];
  const waiting: (() => void)[] = [];
  const round = () =>
    new Promise<RoundResult>((resolve) => {
      rounds.push(resolve);
      waiting.shift()?.();
    });
  const loop = new Loop('by hand', round, { idleMs: HOUR_MS, backoffMs: HOUR_MS, onError: () => undefined });
  const nextRound = async () => {
    if (rounds.length === 0) await new Promise<void>((resolve) => waiting.push(resolve));
    return rounds.shift() as (result: RoundResult) => void;
  };
  return { loop, nextRound };
}

it.each<RoundResult>(['idle', 'backoff'])('cuts the wait after a round that was %s short', async (result) => {
  const { loop, nextRound } = loopByHand();
  loop.start();
  (await nextRound())(result);
  await new Promise(setImmediate);
  loop.wake();
  (await nextRound())('idle');
  await loop.stop();
});

it('has another round at once when it was woken during one', async () => {
  const { loop, nextRound } = loopByHand();
  loop.start();
  const end = await nextRound();
  loop.wake();
  end('idle');
  (await nextRound())('idle');
  await loop.stop();
});
