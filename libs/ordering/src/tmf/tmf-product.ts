import type { HrefOf, LocalizedText } from '@ronghe/contracts';
import { openBlocks } from '../product/block';
import { statusOf, type ProductVersion } from '../product/product';

/** Where products are listed (TMF637 v4). */
export const PRODUCTS = '/tmf-api/productInventory/v4/product';
/** Where orders are listed (TMF622 v4). */
export const PRODUCT_ORDERS = '/tmf-api/productOrderingManagement/v4/productOrder';

/** An installed product as a Product of TMF637 v4. */
export function toTmfProduct(
  product: ProductVersion,
  name: LocalizedText | null,
  hrefOf: HrefOf,
): Record<string, unknown> {
  const { state, specification } = product;
  return {
    id: state.productId,
    href: hrefOf(PRODUCTS, state.productId),
    '@type': 'Product',
    name: name?.en ?? state.offeringCode,
    isBundle: false,
    isCustomerVisible: true,
    status: statusOf(state),
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
        productOrderHref: hrefOf(PRODUCT_ORDERS, state.orderId),
        orderItemId: String(product.orderItemNo),
        orderItemAction: 'add',
      },
    ],
    productCharacteristic: [
      { name: 'card', valueType: 'string', value: state.card },
      { name: 'role', valueType: 'string', value: state.role },
      // The standard's status says that it is suspended; what is stopped and why stands here, one for each block.
      ...openBlocks(state).map(({ kind, reason }) => ({
        name: `block:${reason}`,
        valueType: 'string',
        value: kind,
      })),
    ],
    productRelationship: relationships(product, hrefOf),
    realizingResource: state.resources.map(({ resourceId, kind, value }) => ({
      id: resourceId,
      value,
      '@referredType': kind,
    })),
  };
}

/** A sub card relies on its main card. */
function relationships({ state }: ProductVersion, hrefOf: HrefOf): Record<string, unknown>[] {
  if (state.cardGroupId === state.productId) return [];
  return [
    {
      relationshipType: 'reliesOn',
      product: { id: state.cardGroupId, href: hrefOf(PRODUCTS, state.cardGroupId) },
    },
  ];
}
