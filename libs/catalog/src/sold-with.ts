import type { OfferDocument } from '@ronghe/contracts';

type Sale = Pick<OfferDocument, 'effectiveFrom' | 'effectiveTo'>;

/** The versions of a member that are on sale on some day of a bundle's; all of them where none is. */
export function soldWith(bundle: Sale, versions: readonly OfferDocument[]): readonly OfferDocument[] {
  const together = versions.filter((each) => startsBeforeEnd(each, bundle) && startsBeforeEnd(bundle, each));
  return together.length > 0 ? together : versions;
}

function startsBeforeEnd({ effectiveFrom }: Sale, { effectiveTo }: Sale): boolean {
  return effectiveTo === null || effectiveFrom < effectiveTo;
}
