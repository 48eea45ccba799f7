import type { HrefOf, OfferDocument, UsagePrice } from '@ronghe/contracts';
import { localDateOf, startOfLocalDate, type Instant, type LocalDate } from '@ronghe/kernel';
import { catalogErrors } from './catalog.errors';
import { OPERATOR_ZONE } from './operator-zone';

/** Where the API is served (TMF620 v4). */
export const TMF620_PATH = '/tmf-api/productCatalogManagement/v4';
const OFFERINGS = `${TMF620_PATH}/productOffering`;
export const OFFERING_PRICES = `${TMF620_PATH}/productOfferingPrice`;
const SPECIFICATIONS = `${TMF620_PATH}/productSpecification`;

/** A published offer and when that was. */
export interface PublishedOffer {
  document: OfferDocument;
  publishedAt: Instant;
}

/** TMF630's versioned id: `convergent-199`, or `convergent-199:(version=2)`. */
export interface OfferingId {
  code: string;
  version: number | null;
}

/** @throws DomainError('offering_not_found') for a text that cannot be an id. */
export function readOfferingId(text: string): OfferingId {
  const match = /^([a-z0-9-]{1,80})(?::\(version=(\d{1,9})\))?$/.exec(text);
  if (!match?.[1]) throw catalogErrors.offeringNotFound(text.slice(0, 100));
  return { code: match[1], version: match[2] === undefined ? null : Number(match[2]) };
}

/** TMF620 ProductOffering. The id is the code; `version` says which one it is. */
export function productOfferingOf(
  { document: offer, publishedAt }: PublishedOffer,
  now: Instant,
  hrefOf: HrefOf,
) {
  const status = lifecycleStatusOf(offer, localDateOf(now, OPERATOR_ZONE));
  return {
    id: offer.code,
    href: hrefOf(OFFERINGS, offer.code),
    name: offer.name.en,
    description: offer.name['zh-CN'],
    version: String(offer.version),
    lastUpdate: publishedAt,
    lifecycleStatus: status,
    isBundle: offer.kind === 'bundle',
    isSellable: status === 'Launched' && (offer.sale.alone || offer.kind === 'bundle'),
    validFor: validFor(offer),
    productOfferingPrice: priceCodesOf(offer).map((code) => ({
      id: `${offer.code}.${code}`,
      href: hrefOf(OFFERING_PRICES, `${offer.code}.${code}`),
      '@referredType': 'ProductOfferingPrice',
    })),
    ...(offer.specification === null
      ? {}
      : { productSpecification: specificationRef(offer.specification, hrefOf) }),
    bundledProductOffering: (offer.bundle?.members ?? []).map((member) => ({
      id: member.offering,
      href: hrefOf(OFFERINGS, member.offering),
      name: member.role,
      bundledProductOfferingOption: {
        numberRelOfferLowerLimit: member.minimum,
        numberRelOfferUpperLimit: member.maximum,
      },
    })),
    prodSpecCharValueUse: Object.entries(offer.characteristics).map(([name, value]) => ({
      name,
      valueType: 'string',
      productSpecCharacteristicValue: [{ valueType: 'string', value: { value } }],
    })),
    '@type': 'ProductOffering',
  };
}

/** TMF620 ProductSpecifications of a set of offers: what their products are, each once, by name. */
export function productSpecificationsOf(offers: readonly OfferDocument[], hrefOf: HrefOf) {
  const names = [...new Set(offers.flatMap((offer) => offer.specification ?? []))].sort();
  return names.map((name) => {
    const members = offers.filter((offer) => offer.specification === name);
    const characteristics = [
      ...new Set(members.flatMap((offer) => Object.keys(offer.characteristics))),
    ].sort();
    const resources = [...new Set(members.flatMap((offer) => offer.resourceNeeds))];
    return {
      id: name,
      href: hrefOf(SPECIFICATIONS, name),
      name,
      isBundle: false,
      lifecycleStatus: 'Active',
      productSpecCharacteristic: characteristics.map((id) => ({
        id,
        name: id,
        valueType: 'string',
        configurable: false,
        productSpecCharacteristicValue: valuesOf(members, id).map((value) => ({
          valueType: 'string',
          value: { value },
        })),
      })),
      resourceSpecification: resources.map((id) => ({
        id,
        name: id,
        '@referredType': 'ResourceSpecification',
      })),
      '@type': 'ProductSpecification',
    };
  });
}

/** TMF620's life cycle, as far as a published version can be in it. */
export function lifecycleStatusOf(offer: OfferDocument, today: LocalDate): 'Active' | 'Launched' | 'Retired' {
  if (today < offer.effectiveFrom) return 'Active';
  return offer.effectiveTo === null || today < offer.effectiveTo ? 'Launched' : 'Retired';
}

/** TMF's TimePeriod of an offer's sale, in the operator's zone. */
export function validFor(offer: OfferDocument): { startDateTime: Instant; endDateTime?: Instant } {
  const startDateTime = startOfLocalDate(offer.effectiveFrom, OPERATOR_ZONE);
  if (offer.effectiveTo === null) return { startDateTime };
  return { startDateTime, endDateTime: startOfLocalDate(offer.effectiveTo, OPERATOR_ZONE) };
}

function priceCodesOf(offer: OfferDocument): string[] {
  const overrides = offer.bundle?.priceOverrides ?? [];
  const usage = offer.usagePrices.map(usagePriceIdOf);
  const codes = (prices: readonly { code: string }[]) => prices.map((price) => price.code);
  return [...codes(offer.recurringPrices), ...usage, ...codes(offer.discounts), ...codes(overrides)];
}

/** The id of a usage price within its offering: prices that follow each other in time have one code. */
export function usagePriceIdOf({ code, inForce }: UsagePrice): string {
  return inForce ? `${code}.${inForce.from}` : code;
}

function specificationRef(name: string, hrefOf: HrefOf) {
  return {
    id: name,
    href: hrefOf(SPECIFICATIONS, name),
    name,
    '@referredType': 'ProductSpecification',
  };
}

function valuesOf(offers: readonly OfferDocument[], characteristic: string): string[] {
  return [...new Set(offers.flatMap((offer) => offer.characteristics[characteristic] ?? []))].sort();
}
