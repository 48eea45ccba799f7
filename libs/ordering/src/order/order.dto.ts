import type { BlockKind, BlockReason, OrderItemInput, PlaceOrderInput, ProductRole } from '@ronghe/contracts';
import { Type } from 'class-transformer';
import {
  ArrayUnique,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  ValidateNested,
} from 'class-validator';
import { AccountOrderDto, DatedOrderDto, dayOf, ProductIds } from './account-order.dto';
import { usageClasses } from '../basket/order-request';
import type {
  OrderInput,
  OrderItemInput as OrderItemFields,
  ResumeProductsInput,
  SuspendProductsInput,
  TerminateProductsInput,
} from '../generated/graphql';

/** GraphQL enum ProductRole. */
export const productRoleNames = ['MAIN', 'SUB', 'BROADBAND', 'IPTV', 'FIXED', 'CLOUD', 'ALONE'] as const;
export type ProductRoleName = (typeof productRoleNames)[number];

/** The role that a name stands for. */
export const roleOf: Record<ProductRoleName, ProductRole> = {
  MAIN: 'main',
  SUB: 'sub',
  BROADBAND: 'broadband',
  IPTV: 'iptv',
  FIXED: 'fixed',
  CLOUD: 'cloud',
  ALONE: 'alone',
};

/** GraphQL input OrderItemInput. */
export class OrderItemDto implements OrderItemFields {
  @IsString()
  @Length(1, 100)
  offeringCode!: string;

  @IsOptional()
  @IsIn(productRoleNames)
  role?: ProductRoleName | null;

  @IsOptional()
  @IsString()
  @Length(1, 100)
  card?: string | null;

  @IsOptional()
  @IsUUID()
  mainProductId?: string | null;

  @IsOptional()
  @IsString()
  @Length(1, 20)
  requestedNumber?: string | null;

  @IsOptional()
  @IsArray()
  @ArrayUnique()
  @IsIn([...usageClasses], { each: true })
  onlineClasses?: string[] | null;
}

/** GraphQL input OrderInput. */
export class OrderDto extends DatedOrderDto implements OrderInput {
  @IsOptional()
  @IsString()
  @Length(1, 100)
  bundleOfferingCode?: string | null;

  @IsOptional()
  @IsUUID()
  quoteId?: string | null;

  @IsOptional()
  @IsString()
  @Length(1, 40)
  channel?: string | null;

  // How many items an order may hold is a rule of ordering, which says so with a code of its own.
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => OrderItemDto)
  items!: OrderItemDto[];
}

/** GraphQL input TerminateProductsInput. */
export class TerminateProductsDto extends DatedOrderDto implements TerminateProductsInput {
  @ProductIds()
  productIds!: string[];
}

/** GraphQL enum BlockReason. */
export const blockReasonNames = [
  'CUSTOMER_WISH',
  'SIM_LOST',
  'UNPAID_FEE',
  'DUNNING',
  'CREDIT_LIMIT',
] as const;
export type BlockReasonName = (typeof blockReasonNames)[number];

/** GraphQL enum BlockKind. */
export const blockKindNames = ['BARRED_OUTGOING', 'FULL_STOP'] as const;
export type BlockKindName = (typeof blockKindNames)[number];

/** GraphQL input ResumeProductsInput. */
export class ResumeProductsDto extends AccountOrderDto implements ResumeProductsInput {
  @ProductIds()
  productIds!: string[];

  @IsIn(blockReasonNames)
  reason!: BlockReasonName;
}

/** GraphQL input SuspendProductsInput. */
export class SuspendProductsDto extends ResumeProductsDto implements SuspendProductsInput {
  @IsIn(blockKindNames)
  kind!: BlockKindName;
}

/** The order that blocks the products. */
export function suspensionOfDto(dto: SuspendProductsDto): PlaceOrderInput {
  const blockReason = fromName<BlockReason>(dto.reason);
  const blockKind = fromName<BlockKind>(dto.kind);
  const { customerId, accountId } = dto;
  const items = dto.productIds.map((productId) => ({
    action: 'suspend' as const,
    productId,
    blockReason,
    blockKind,
  }));
  return { customerId, accountId, items };
}

/** The order that lifts a block of the products. */
export function resumptionOfDto({
  customerId,
  accountId,
  productIds,
  reason,
}: ResumeProductsDto): PlaceOrderInput {
  const blockReason = fromName<BlockReason>(reason);
  const items = productIds.map((productId) => ({ action: 'resume' as const, productId, blockReason }));
  return { customerId, accountId, items };
}

/** `CUSTOMER_WISH` of `customer-wish`. */
export function blockName<N extends BlockReasonName | BlockKindName>(value: BlockReason | BlockKind): N {
  return value.toUpperCase().replaceAll('-', '_') as N;
}

function fromName<V extends BlockReason | BlockKind>(name: BlockReasonName | BlockKindName): V {
  return name.toLowerCase().replaceAll('_', '-') as V;
}

/** The order that the input asks for; what is null is left out. */
export function orderOfDto(dto: OrderDto): PlaceOrderInput {
  return {
    customerId: dto.customerId,
    accountId: dto.accountId,
    ...(dto.bundleOfferingCode ? { bundleOfferingCode: dto.bundleOfferingCode } : {}),
    ...(dto.quoteId ? { quoteId: dto.quoteId } : {}),
    ...(dto.channel ? { channel: dto.channel } : {}),
    items: dto.items.map(itemOfDto),
    ...dayOf(dto),
  };
}

/** The order that ends the products. */
export function terminationOfDto({
  customerId,
  accountId,
  productIds,
  ...dated
}: TerminateProductsDto): PlaceOrderInput {
  const items = productIds.map((productId) => ({ action: 'delete' as const, productId }));
  return { customerId, accountId, items, ...dayOf(dated) };
}

function itemOfDto(item: OrderItemDto): OrderItemInput {
  return {
    action: 'add',
    offeringCode: item.offeringCode,
    ...(item.role ? { role: roleOf[item.role] } : {}),
    ...(item.card ? { card: item.card } : {}),
    ...(item.mainProductId ? { mainProductId: item.mainProductId } : {}),
    ...(item.requestedNumber ? { requestedNumber: item.requestedNumber } : {}),
    ...(item.onlineClasses ? { onlineClasses: item.onlineClasses } : {}),
  };
}

/** The GraphQL name of a role. */
export function roleName(role: ProductRole): ProductRoleName {
  return role.toUpperCase() as ProductRoleName;
}
