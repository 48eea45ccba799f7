import type { PolicyDocument, PolicyKind } from '@ronghe/contracts';
import type { Located } from './authored-set';

/** A policy of one kind. */
export type PolicyOf<K extends PolicyKind> = Extract<PolicyDocument, { kind: K }>;

/** All versions of all policies of a kind. */
export function policiesOf<K extends PolicyKind>(
  kind: K,
  policies: readonly Located<PolicyDocument>[],
): Located<PolicyOf<K>>[] {
  return policies.filter((at): at is Located<PolicyOf<K>> => at.value.kind === kind);
}
