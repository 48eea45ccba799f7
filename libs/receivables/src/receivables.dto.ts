import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { paymentMethodNames, type PaymentMethodName } from './payment-method-name';

/** Bills or lines that one payment may name. */
export const ALLOCATIONS_MAXIMUM = 100;

/** GraphQL input AllocationInput. */
export class AllocationDto {
  @IsUUID()
  billId!: string;

  @IsOptional()
  @IsInt()
  @Min(1)
  lineNo?: number | null;

  @IsString()
  @MaxLength(40)
  amount!: string;
}

/** GraphQL input RecordPaymentInput. */
export class RecordPaymentDto {
  @IsUUID()
  accountId!: string;

  @IsString()
  @MaxLength(40)
  amount!: string;

  @IsIn(paymentMethodNames)
  method!: PaymentMethodName;

  @IsOptional()
  @IsString()
  @MaxLength(40)
  valueDate?: string | null;

  @IsOptional()
  @IsString()
  @MaxLength(100)
  reference?: string | null;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(ALLOCATIONS_MAXIMUM)
  @ValidateNested({ each: true })
  @Type(() => AllocationDto)
  allocations?: AllocationDto[] | null;
}
