import type { OfferDocument, PolicyDocument } from '@ronghe/contracts';
import type { Located, ProblemList } from './authored-set';

/** A zone plan or calendar mends an earlier version of its own. */
export function checkPolicyCorrections(
  policies: readonly Located<PolicyDocument>[],
  list: ProblemList,
): void {
  for (const at of policies) {
    const { value } = at;
    if (value.kind !== 'zone-plan' && value.kind !== 'calendar') continue;
    const { code, version, kind, corrects } = value;
    if (corrects === undefined) continue;
    const mended = policies.find(
      (each) => each.value.code === code && each.value.version === corrects,
    )?.value;
    if (corrects >= version) list.add(at, ['corrects'], `must be lower than version ${version}`);
    else if (mended?.kind !== kind)
      list.add(at, ['corrects'], `there is no ${kind} ${code} version ${corrects}`);
  }
}

/** A correction mends an earlier version of the same kind of product, which is among the files. */
export function checkCorrections(offers: readonly Located<OfferDocument>[], list: ProblemList): void {
  for (const at of offers) {
    const { code, version, corrects, specification } = at.value;
    if (corrects === undefined) continue;
    const mended = offers.find(({ value }) => value.code === code && value.version === corrects)?.value;
    if (corrects >= version) list.add(at, ['corrects'], `must be lower than version ${version}`);
    else if (!mended) list.add(at, ['corrects'], `there is no version ${corrects} of ${code}`);
    else if (mended.specification !== specification) {
      list.add(at, ['corrects'], `version ${corrects} is of another specification`);
    }
  }
}
