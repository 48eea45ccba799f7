import type { LocalizedText } from '@ronghe/contracts';
import { isLive, type ProductVersion } from '../product/product';

const BASE = '/tmf-api/productInventory/v4/product';
const ORDER_BASE = '/tmf-api/productOrderingManagement/v4/productOrder';

/** Where a product is found in the product inventory. */
export function productHref(productId: string): string {
  return `${BASE}/${productId}`;
}

/** An installed product as a Product of TMF637 v4. */
export function toTmfProduct(product: ProductVersion, name: LocalizedText | null): Record<string, unknown> {
  const { state, specification } = product;
  return {
    id: state.productId,
    href: productHref(state.productId),
    '@type': 'Product',
    name: name?.en ?? state.offeringCode,
    isBundle: false,
    isCustomerVisible: true,
    status: isLive(state) ? 'active' : 'terminated',
    startDate: state.effectiveFrom,
    ...(state.effectiveTo === null ? {} : { terminationDate: state.effectiveTo }),
    productOffering: {
      id: state.offeringCode,
      ...(name ? { name: name.en } : {}),
      '@referredType': 'ProductOffering',
    },
    ...(specification === null
      ? {}
      : { productSpecification: { id: specification, '@referredType': 'ProductSpecification' } }),
    billingAccount: { id: state.accountId, '@referredType': 'BillingAccount' },
    relatedParty: [{ id: state.customerId, role: 'customer', '@referredType': 'Customer' }],
    productOrderItem: [
      {
        productOrderId: state.orderId,
        productOrderHref: `${ORDER_BASE}/${state.orderId}`,
        orderItemId: String(product.orderItemNo),
        orderItemAction: 'add',
      },
    ],
    productCharacteristic: [
      { name: 'card', valueType: 'string', value: state.card },
      { name: 'role', valueType: 'string', value: state.role },
    ],
    productRelationship: relationships(product),
    realizingResource: state.resources.map(({ resourceId, kind, value }) => ({
      id: resourceId,
      value,
      '@referredType': kind,
    })),
  };
}

/** A sub card relies on its main card. */
function relationships({ state }: ProductVersion): Record<string, unknown>[] {
  if (state.cardGroupId === state.productId) return [];
  return [
    {
      relationshipType: 'reliesOn',
      product: { id: state.cardGroupId, href: productHref(state.cardGroupId) },
    },
  ];
}
