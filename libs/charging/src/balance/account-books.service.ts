import { Injectable } from '@nestjs/common';
import type { DiscountPolicy, OfferDocument, ProductState } from '@ronghe/contracts';
import { groupBy } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { findAccounts, findProducts, type ChargingAccount } from '../projection/account.store';
import {
  heldTerms,
  isGivenOnUse,
  policiesOfVersions,
  policyCodesOf,
  type RatingPolicies,
  type RatingPolicy,
} from '@ronghe/rating';
import {
  findOffersToKnow,
  findPoliciesOf,
  findPolicyVersions,
  findRatingPolicies,
} from '../projection/document.store';
import { findUnitGrants } from '../grant/unit-grant.store';
import type { Sharing } from '../sharing/sharing';
import { findSharings } from '../sharing/sharing.store';
import { AccountBook, type BookedAccount } from './account-book';

/** Different sets of offer versions whose documents are remembered under a stamp. */
const DOCUMENTS_LIMIT = 10_000;

/** What rating needs that was published. */
interface Documents {
  offers: OfferDocument[];
  policies: RatingPolicies | null;
  discounts: DiscountPolicy[];
}

/** Loads account books: one query for accounts, one for products, and for documents that this process has not seen. */
@Injectable()
export class AccountBooks {
  /** All of a published version but its end stays as it is, and charging does not ask for the end. */
  private readonly offers = new Map<string, OfferDocument>();
  private readonly policies = new Map<string, RatingPolicy>();
  /** Which of them mend an earlier version: `CODE VERSION`. */
  private readonly corrections = new Set<string>();
  /** What was found under a stamp, by the offer versions that were wanted. */
  private stamped = { stamp: '', documents: new Map<string, Documents>() };

  /** A book of the accounts and those with which they share; accounts that are not known are missing from it. */
  async open(tx: Tx, accountIds: readonly string[]): Promise<AccountBook> {
    const asked = await findAccounts(tx, [...new Set(accountIds)]);
    const sharings = await findSharings(tx, asked);
    const accounts = [...asked, ...(await findAccounts(tx, missingOf(asked, sharings)))];
    const products = await findProducts(tx, accounts);
    const offers = await this.offersOf(tx, wantedOf(products));
    const policies = await this.policiesOf(tx, offers);
    const unitGrants = await findUnitGrants(tx, accounts);
    const discounts = await discountsFor(tx, accounts);
    return new AccountBook(accounts, products, offers, policies, { sharings, unitGrants, discounts });
  }

  /**
   * The book of accounts that share nothing and were given nothing, from their products.
   * @param stamp of what was published (`ratingStamp`): under the same one, documents are not asked for again
   */
  async openPlain(
    tx: Tx,
    accounts: readonly ChargingAccount[],
    products: readonly ProductState[],
    stamp: string,
  ): Promise<AccountBook> {
    return plainBook(accounts, products, await this.documentsUnder(tx, products, stamp));
  }

  /**
   * Books of such accounts, by account, without asking for anything: accounts with the same offers have one together; those are
   * left out whose documents were not found under this stamp yet.
   */
  knownPlain(
    accounts: readonly { account: BookedAccount; products: readonly ProductState[] }[],
    stamp: string,
  ): ReadonlyMap<string, AccountBook> {
    const books = new Map<string, AccountBook>();
    if (this.stamped.stamp !== stamp) return books;
    for (const [key, alike] of groupBy(accounts, ({ products }) => keyOf(wantedOf(products)))) {
      const documents = this.stamped.documents.get(key);
      if (!documents) continue;
      const book = plainBook(
        alike.map(({ account }) => account),
        alike.flatMap(({ products }) => products),
        documents,
      );
      for (const { account } of alike) books.set(account.accountId, book);
    }
    return books;
  }

  private async documentsUnder(tx: Tx, products: readonly ProductState[], stamp: string): Promise<Documents> {
    if (this.stamped.stamp !== stamp) this.stamped = { stamp, documents: new Map<string, Documents>() };
    const { documents } = this.stamped;
    const wanted = wantedOf(products);
    const key = keyOf(wanted);
    const known = documents.get(key);
    if (known) return known;
    const offers = await this.offersOf(tx, wanted);
    const policies = await this.policiesOf(tx, offers);
    const found = { offers, policies, discounts: await findDiscounts(tx) };
    if (documents.size >= DOCUMENTS_LIMIT) documents.clear();
    documents.set(key, found);
    return found;
  }

  /**
   * The zone plans and calendars that the offers' rates name. Which version is in force is asked each time, so that a new
   * one counts at once and an end that was moved does too; a version's document is read once.
   */
  private async policiesOf(tx: Tx, offers: readonly OfferDocument[]): Promise<RatingPolicies | null> {
    const codes = new Set(offers.flatMap(policyCodesOf));
    if (codes.size === 0) return null;
    const versions = await findPolicyVersions(tx, [...codes]);
    const missing = versions.filter(({ code, version }) => !this.policies.has(`${code} ${version}`));
    for (const document of await findRatingPolicies(tx, missing))
      this.policies.set(`${document.code} ${document.version}`, document);
    return policiesOfVersions(versions, (code, version) => this.policies.get(`${code} ${version}`));
  }

  private async offersOf(tx: Tx, wanted: WantedOffers): Promise<OfferDocument[]> {
    const missing = [...wanted].filter(([id]) => !this.offers.has(id)).map(([, offer]) => offer);
    // A correction may come at any time, so they are asked for each time; there are few.
    for (const offer of await findOffersToKnow(tx, missing, [...wanted.values()], [...this.corrections]))
      this.keep(offer);
    const codes = new Set([...wanted.values()].map((offer) => offer.code));
    return [...this.offers.values()].filter(
      (offer) =>
        wanted.has(`${offer.code} ${offer.version}`) ||
        (offer.corrects !== undefined && codes.has(offer.code)),
    );
  }

  private keep(offer: OfferDocument): void {
    const id = `${offer.code} ${offer.version}`;
    this.offers.set(id, offer);
    if (offer.corrects !== undefined) this.corrections.add(id);
  }
}

function plainBook(
  accounts: readonly BookedAccount[],
  products: readonly ProductState[],
  { offers, policies, discounts }: Documents,
): AccountBook {
  return new AccountBook(accounts, products, offers, policies, { sharings: [], unitGrants: [], discounts });
}

/** Offer versions by `CODE VERSION`. */
type WantedOffers = ReadonlyMap<string, { code: string; version: number }>;

/** The offer versions under which products are, or ever were, held. */
function wantedOf(products: readonly ProductState[]): WantedOffers {
  const wanted = new Map<string, { code: string; version: number }>();
  for (const product of products.flatMap(heldTerms)) {
    const { offeringCode, offeringVersion, bundleOfferingCode, bundleOfferingVersion } = product;
    wanted.set(`${offeringCode} ${offeringVersion}`, { code: offeringCode, version: offeringVersion });
    if (bundleOfferingCode === null || bundleOfferingVersion === null) continue;
    wanted.set(`${bundleOfferingCode} ${bundleOfferingVersion}`, {
      code: bundleOfferingCode,
      version: bundleOfferingVersion,
    });
  }
  return wanted;
}

function keyOf(wanted: WantedOffers): string {
  return [...wanted.keys()].sort().join();
}

/** Discounts that may be in prices, if one of the accounts pays as it uses. */
async function discountsFor(tx: Tx, accounts: readonly ChargingAccount[]): Promise<DiscountPolicy[]> {
  return accounts.some(({ paymentMode }) => paymentMode === 'prepaid') ? findDiscounts(tx) : [];
}

/** Discounts that may be in prices: those that prepaid accounts get as they use. */
async function findDiscounts(tx: Tx): Promise<DiscountPolicy[]> {
  const discounts = await findPoliciesOf(tx, 'discount');
  return discounts.some(isGivenOnUse) ? discounts : [];
}

/** The accounts of sharings that were not asked for. */
function missingOf(asked: readonly ChargingAccount[], sharings: readonly Sharing[]): string[] {
  const known = new Set(asked.map(({ accountId }) => accountId));
  const named = sharings.flatMap(({ accountId, memberAccountId }) => [accountId, memberAccountId]);
  return [...new Set(named)].filter((accountId) => !known.has(accountId));
}
