import type { PlaceOrderInput } from '@ronghe/contracts';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  ValidateNested,
} from 'class-validator';
import { ORDER_ITEMS_MAXIMUM } from '../basket/order-request';
import type { ChangedProductInput, ChangeProductsInput, MoveProductsInput } from '../generated/graphql';
import { DatedOrderDto, dayOf, ProductIds } from './account-order.dto';
import { productRoleNames, roleOf, type ProductRoleName } from './order.dto';

/** GraphQL input ChangedProductInput. */
export class ChangedProductDto implements ChangedProductInput {
  @IsUUID()
  productId!: string;

  @IsString()
  @Length(1, 100)
  offeringCode!: string;

  @IsOptional()
  @IsIn(productRoleNames)
  role?: ProductRoleName | null;
}

/** GraphQL input ChangeProductsInput. */
export class ChangeProductsDto extends DatedOrderDto implements ChangeProductsInput {
  @IsOptional()
  @IsString()
  @Length(1, 100)
  bundleOfferingCode?: string | null;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(ORDER_ITEMS_MAXIMUM)
  @ValidateNested({ each: true })
  @Type(() => ChangedProductDto)
  items!: ChangedProductDto[];
}

/** The order that moves the products to other offers. */
export function changeOfDto(dto: ChangeProductsDto): PlaceOrderInput {
  return {
    customerId: dto.customerId,
    accountId: dto.accountId,
    ...(dto.bundleOfferingCode ? { bundleOfferingCode: dto.bundleOfferingCode } : {}),
    items: dto.items.map(({ productId, offeringCode, role }) => ({
      action: 'change',
      productId,
      offeringCode,
      ...(role ? { role: roleOf[role] } : {}),
    })),
    ...dayOf(dto),
  };
}

/** GraphQL input MoveProductsInput. */
export class MoveProductsDto extends DatedOrderDto implements MoveProductsInput {
  @ProductIds()
  productIds!: string[];

  @IsString()
  @Length(1, 200)
  address!: string;
}

/** The order that moves the products to another address. */
export function moveOfDto(dto: MoveProductsDto): PlaceOrderInput {
  const { customerId, accountId, productIds, address } = dto;
  const items = productIds.map((productId) => ({ action: 'move' as const, productId, address }));
  return { customerId, accountId, items, ...dayOf(dto) };
}
