import * as fc from 'fast-check';
import { inHalves } from './in-halves';

it('does all that can be done, in order, and says of the rest why it cannot', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }), async (isGood) => {
      const done: number[] = [];
      const all = isGood.map((_, at) => at);
      const outcomes = await inHalves(all, (some) => {
        const bad = some.find((at) => !isGood[at]);
        if (bad !== undefined) return Promise.reject(new Error(`no ${bad}`));
        done.push(...some);
        return Promise.resolve(some.map((at) => at * 2));
      });
      expect(outcomes).toEqual(all.map((at) => (isGood[at] ? at * 2 : { error: new Error(`no ${at}`) })));
      expect(done).toEqual(all.filter((at) => isGood[at]));
    }),
  );
});
