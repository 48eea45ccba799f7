import type { BlockKind, BlockReason, OrderItemInput, PlaceOrderInput, ProductRole } from '@ronghe/contracts';
import { instantFromIso, isCalendarDay, localDateOf } from '@ronghe/kernel';
import { z } from 'zod';
import { orderingError } from '../ordering.errors';
import { blockKinds, blockReasons } from '../product/block';

const reference = z.looseObject({ id: z.string().min(1).max(100) });

const item = z.looseObject({
  id: z.string().min(1).max(100),
  action: z.enum(['add', 'delete', 'modify']),
  quantity: z.literal(1).optional(),
  productOffering: reference.optional(),
  product: z
    .looseObject({
      id: z.string().max(100).optional(),
      name: z.string().max(100).optional(),
      status: z.string().max(100).optional(),
      productCharacteristic: z
        .array(z.looseObject({ name: z.string(), value: z.union([z.string(), z.array(z.string())]) }))
        .max(20)
        .optional(),
    })
    .optional(),
});

const topItem = item.extend({ productOrderItem: z.array(item).max(100).optional() });

const body = z.looseObject({
  billingAccount: reference,
  relatedParty: z
    .array(reference.extend({ role: z.string().optional() }))
    .min(1)
    .max(20),
  quote: z.array(reference).max(1).optional(),
  requestedStartDate: z.string().max(40).optional(),
  productOrderItem: z.array(topItem).max(100),
});

/** Days of the standard's instants are those of the operator's calendar. */
const OPERATOR_ZONE = 'Asia/Shanghai';

type TmfItem = z.infer<typeof item>;
type TmfBody = z.infer<typeof body>;

const roles: readonly ProductRole[] = ['main', 'sub', 'broadband', 'iptv', 'fixed', 'cloud', 'alone'];

/**
 * The order that a ProductOrder_Create of TMF622 v4 asks for. The customer is the related party of that role (or
 * the only one). A bundle is an item whose members are nested in it. `card` (or the product's name), `role`,
 * `mainProductId`, `requestedNumber` and `onlineClasses` are characteristics of an item's product. An item that modifies
 * and names another offering moves the product to it; one that names none
 * suspends or resumes: its product's status is `suspended` or `active`, its characteristics are `blockReason`
 * (`customer-wish` when left out) and `blockKind` (`full-stop` when left out). Attributes that
 * ordering does not use are ignored, as the standard allows.
 * @throws DomainError order_body_invalid, naming each problem with its path
 */
export function readProductOrder(given: unknown): PlaceOrderInput {
  const parsed = body.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw orderingError('order_body_invalid', { problems });
  }
  const { bundleOfferingCode, items } = readItems(parsed.data);
  const quoteId = parsed.data.quote?.[0]?.id;
  return {
    customerId: customerOf(parsed.data),
    accountId: parsed.data.billingAccount.id,
    ...(bundleOfferingCode === undefined ? {} : { bundleOfferingCode }),
    ...(quoteId === undefined ? {} : { quoteId }),
    items: items.map(readItem),
    ...readDay(parsed.data.requestedStartDate, items),
  };
}

/**
 * Changes and terminations count from the day of `requestedStartDate` in the operator's calendar; sales take it as a wish
 * that the standard lets us ignore, because clients give the present moment there.
 */
function readDay(text: string | undefined, items: readonly TmfItem[]): Pick<PlaceOrderInput, 'effectiveOn'> {
  if (text === undefined || items.some(({ action }) => action === 'add')) return {};
  if (isCalendarDay(text)) return { effectiveOn: text };
  try {
    return { effectiveOn: localDateOf(instantFromIso(text), OPERATOR_ZONE) };
  } catch {
    throw orderingError('order_body_invalid', { problems: ['requestedStartDate: not an instant'] });
  }
}

function customerOf({ relatedParty }: TmfBody): string {
  const customers = relatedParty.filter((party) => party.role?.toLowerCase() === 'customer');
  const [customer, second] = customers.length === 0 ? relatedParty : customers;
  if (!customer || second) {
    throw orderingError('order_body_invalid', {
      problems: ['relatedParty: one of them must have the role customer'],
    });
  }
  return customer.id;
}

function readItems({ productOrderItem }: TmfBody): { bundleOfferingCode?: string; items: TmfItem[] } {
  const bundle = productOrderItem.find((each) => each.productOrderItem !== undefined);
  if (!bundle) return { items: productOrderItem };
  const bundleOfferingCode = bundle.productOffering?.id;
  if (productOrderItem.length > 1 || bundle.action === 'delete' || bundleOfferingCode === undefined) {
    const problem =
      'productOrderItem: a bundle is one item that adds or modifies its offering, and the only one at the top';
    throw orderingError('order_body_invalid', { problems: [problem] });
  }
  return { bundleOfferingCode, items: bundle.productOrderItem ?? [] };
}

function readItem(given: TmfItem): OrderItemInput {
  if (given.action === 'delete') {
    return { action: 'delete', ...(given.product?.id === undefined ? {} : { productId: given.product.id }) };
  }
  const values = valuesOf(given);
  const text = (name: string) => values.get(name)?.[0];
  if (given.action === 'modify') return readModification(given, text);
  const [mainProductId, requestedNumber, online] = [
    text('mainProductId'),
    text('requestedNumber'),
    values.get('onlineClasses'),
  ];
  const card = text('card') ?? given.product?.name;
  const role = readRole(text('role'));
  return {
    action: 'add',
    ...(given.productOffering ? { offeringCode: given.productOffering.id } : {}),
    ...(role === undefined ? {} : { role }),
    ...(card === undefined ? {} : { card }),
    ...(mainProductId === undefined ? {} : { mainProductId }),
    ...(requestedNumber === undefined ? {} : { requestedNumber }),
    ...(online === undefined ? {} : { onlineClasses: online }),
  };
}

function valuesOf(given: TmfItem): Map<string, string[]> {
  return new Map(given.product?.productCharacteristic?.map(({ name, value }) => [name, [value].flat()]));
}

function readModification(
  { product, productOffering }: TmfItem,
  text: (name: string) => string | undefined,
): OrderItemInput {
  const productId = product?.id === undefined ? {} : { productId: product.id };
  if (productOffering) {
    const role = readRole(text('role'));
    return {
      action: 'change',
      ...productId,
      offeringCode: productOffering.id,
      ...(role === undefined ? {} : { role }),
    };
  }
  const blockReason: BlockReason = oneOf('blockReason', text, blockReasons) ?? 'customer-wish';
  if (product?.status === 'active') return { action: 'resume', ...productId, blockReason };
  if (product?.status !== 'suspended') {
    const problem =
      'productOrderItem.product.status: an item that modifies names an offering or says suspended or active';
    throw orderingError('order_body_invalid', { problems: [problem] });
  }
  const blockKind: BlockKind = oneOf('blockKind', text, blockKinds) ?? 'full-stop';
  return { action: 'suspend', ...productId, blockReason, blockKind };
}

function oneOf<T extends string>(
  name: string,
  text: (name: string) => string | undefined,
  values: readonly T[],
): T | undefined {
  const given = text(name);
  const known = values.find((each) => each === given);
  if (given !== undefined && known === undefined) {
    throw orderingError('order_body_invalid', { problems: [`${name}: one of ${values.join(', ')}`] });
  }
  return known;
}

function readRole(text: string | undefined): ProductRole | undefined {
  const role = roles.find((each) => each === text);
  if (text !== undefined && role === undefined) {
    throw orderingError('order_body_invalid', { problems: [`role: one of ${roles.join(', ')}`] });
  }
  return role;
}
