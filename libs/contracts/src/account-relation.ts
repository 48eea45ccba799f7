import type { LocalDate } from '@ronghe/kernel';
import type { MoneyText } from './text';

/** What one account does for another. */
export type AccountRelationKind = AccountRelationTerms['kind'];

/** The terms of a relation, by its kind. `chargeClasses` and `productIds` null: all of them. */
export type AccountRelationTerms =
  /** The owner pays a share of what the member is charged: it leaves the member's bill and comes on the owner's. */
  | {
      kind: 'sponsorship';
      /** Of each charge, above 0 up to 100, as decimal text: `60`, `33.5`. */
      percent: string;
      /** Most that the owner pays for a bill period; null: no limit. */
      limit: MoneyText | null;
      chargeClasses: string[] | null;
      productIds: string[] | null;
      /** Of several sponsors the lower one pays first. */
      priority: number;
    }
  /** The owner is the member's parent in a hierarchy. A member that does not pay has its charges on its parent's bill. */
  | { kind: 'parent'; memberPays: boolean }
  /** Charges of the member that are billed to the owner in whole: the company's part of an account. */
  | { kind: 'split'; chargeClasses: string[] | null; productIds: string[] | null }
  /** The member uses the owner's account discounts of these policies as if its charges were the owner's. */
  | { kind: 'discount-sharing'; discountCodes: string[] };

/**
 * What ties two accounts of one lane, bill day and zone; they are billed together. The days are local ones of both: in
 * force from `effectiveFrom`, no more on `effectiveTo`.
 */
export interface AccountRelation {
  relationId: string;
  lane: number;
  /** Who pays or shares: the sponsor, the parent, the company. */
  ownerAccountId: string;
  /** For whom: the sponsored, the child, the person. */
  memberAccountId: string;
  terms: AccountRelationTerms;
  effectiveFrom: LocalDate;
  /** Exclusive; null: until further notice. Equal to `effectiveFrom`: it never held. */
  effectiveTo: LocalDate | null;
}
