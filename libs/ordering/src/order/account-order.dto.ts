import type { PlaceOrderInput } from '@ronghe/contracts';
import { parseLocalDate } from '@ronghe/kernel';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsDateString,
  IsOptional,
  IsString,
  IsUUID,
  Length,
} from 'class-validator';
import { ORDER_ITEMS_MAXIMUM } from '../basket/order-request';

/** Whose products an order is about. */
export class AccountOrderDto {
  @IsUUID()
  customerId!: string;

  @IsUUID()
  accountId!: string;
}

/** The products that an order names. */
export function ProductIds(): PropertyDecorator {
  const checks = [
    IsArray(),
    ArrayMinSize(1),
    ArrayMaxSize(ORDER_ITEMS_MAXIMUM),
    IsUUID(undefined, { each: true }),
  ];
  return (target, property) => {
    for (const check of checks) check(target, property as string);
  };
}

/** From which day an order counts. */
export class DatedOrderDto extends AccountOrderDto {
  @IsOptional()
  @IsDateString({ strict: true })
  @Length(10, 10)
  effectiveOn?: string | null;

  @IsOptional()
  @IsString()
  @Length(1, 200)
  backdateReason?: string | null;
}

/** The day as an order has it. @throws DomainError('invalid_local_date') for a day that the calendar does not have */
export function dayOf({
  effectiveOn,
  backdateReason,
}: Pick<DatedOrderDto, 'effectiveOn' | 'backdateReason'>): Pick<
  PlaceOrderInput,
  'effectiveOn' | 'backdateReason'
> {
  return {
    ...(effectiveOn ? { effectiveOn: parseLocalDate(effectiveOn) } : {}),
    ...(backdateReason ? { backdateReason } : {}),
  };
}
