import { allEnded, askedInOrder } from './all-ended';

/** Work that ends when the test says so. */
class Work {
  resolve!: (value: string) => void;
  reject!: (error: Error) => void;
  readonly promise = new Promise<string>((resolve, reject) => Object.assign(this, { resolve, reject }));
}

describe('several pieces of work', () => {
  it('come to their results, in their order', async () => {
    const [one, two] = [new Work(), new Work()];
    const all = allEnded([one.promise, two.promise]);
    two.resolve('two');
    one.resolve('one');
    expect(await all).toEqual(['one', 'two']);
  });

  it('fail by what failed first in time, once all have ended', async () => {
    const [one, two, three] = [new Work(), new Work(), new Work()];
    let ended = false;
    const all = allEnded([one.promise, two.promise, three.promise]).finally(() => (ended = true));
    two.reject(new Error('the cause'));
    await Promise.resolve();
    one.reject(new Error('only behind it'));
    await new Promise((resolve) => setImmediate(resolve));
    expect(ended).toBe(false);
    three.resolve('three');
    await expect(all).rejects.toThrow('the cause');
  });
});

describe('pieces of work that are asked for in order', () => {
  it('come to their results', async () => {
    expect(await askedInOrder([() => Promise.resolve('one'), () => undefined, () => 'three'])).toEqual([
      'one',
      undefined,
      'three',
    ]);
  });

  it('are not asked for behind one that throws at once, and those before it are waited for', async () => {
    const work = new Work();
    let ended = false;
    const behind = jest.fn();
    const refused = (): Promise<void> => {
      throw new Error('cannot be asked');
    };
    const all = askedInOrder([() => work.promise, refused, behind]).finally(() => (ended = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect([ended, behind.mock.calls.length]).toEqual([false, 0]);
    work.resolve('one');
    await expect(all).rejects.toThrow('cannot be asked');
  });
});
