import type { OfferDocument } from '@ronghe/contracts';
import fc from 'fast-check';
import { lookupWithCorrections, versionsMendedBy } from './corrections';

const offer = (version: number, corrects?: number): OfferDocument =>
  ({ code: 'plan', version, ...(corrects === undefined ? {} : { corrects }) }) as OfferDocument;
const unknown = (code: string, version: number): never => {
  throw new RangeError(`${code} ${version}`);
};
const versionOf = (documents: readonly OfferDocument[], version: number): number =>
  lookupWithCorrections(documents, unknown)('plan', version).version;

describe('corrections of offers', () => {
  it('leaves versions alone that nothing mends', () => {
    expect(versionOf([offer(1), offer(2)], 1)).toBe(1);
    expect(versionOf([offer(1), offer(2)], 2)).toBe(2);
  });

  it('puts the mending version in place of the mended one, also when it was mended itself', () => {
    const documents = [offer(1), offer(2, 1), offer(3), offer(4, 2)];
    expect([1, 2, 3, 4].map((version) => versionOf(documents, version))).toEqual([4, 4, 3, 4]);
  });

  it('takes the latest of several corrections of one version', () => {
    expect(versionOf([offer(3, 1), offer(1), offer(2, 1)], 1)).toBe(3);
  });

  it('knows whose place a version has', () => {
    const documents = [offer(1), offer(2, 1), offer(3), offer(4, 2)];
    expect([1, 2, 3, 4].map((version) => versionsMendedBy(documents, { code: 'plan', version }))).toEqual([
      ...[[], [], []],
      [1, 2],
    ]);
    expect(versionsMendedBy(documents, { code: 'other', version: 4 })).toEqual([]);
  });

  it('asks for a version that is not there, and ignores one that claims to mend a later one', () => {
    expect(() => versionOf([offer(1)], 2)).toThrow(RangeError);
    expect(versionOf([offer(1, 2), offer(2)], 2)).toBe(2);
  });

  it('ends, and at a version that nothing mends, whatever is mended by what', () => {
    const versions = fc.array(fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined }), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(versions, (mends) => {
        const documents = mends.map((corrects, index) => offer(index + 1, corrects));
        for (const { version } of documents) {
          const found = versionOf(documents, version);
          expect(found).toBeGreaterThanOrEqual(version);
          expect(versionOf(documents, found)).toBe(found);
        }
      }),
    );
  });
});
