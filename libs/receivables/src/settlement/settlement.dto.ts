import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { paymentMethodNames, type PaymentMethodName } from '../payment-method-name';
import { ALLOCATIONS_MAXIMUM, AllocationDto } from '../receivables.dto';

/** GraphQL input AllocateCreditInput. */
export class AllocateCreditDto {
  @IsUUID()
  accountId!: string;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(ALLOCATIONS_MAXIMUM)
  @ValidateNested({ each: true })
  @Type(() => AllocationDto)
  allocations?: AllocationDto[] | null;
}

/** GraphQL input UnallocateInput. */
export class UnallocateDto {
  @IsUUID()
  accountId!: string;

  @IsUUID()
  allocationId!: string;

  @IsOptional()
  @IsString()
  @MaxLength(40)
  amount?: string | null;

  @IsString()
  @MaxLength(200)
  reason!: string;
}

/** GraphQL input RefundInput. */
export class RefundDto {
  @IsUUID()
  accountId!: string;

  @IsString()
  @MaxLength(40)
  amount!: string;

  @IsIn(paymentMethodNames)
  method!: PaymentMethodName;

  @IsOptional()
  @IsUUID()
  paymentId?: string | null;

  @IsString()
  @MaxLength(200)
  reason!: string;
}

/** GraphQL input DepositInput. */
export class DepositDto {
  @IsUUID()
  accountId!: string;

  @IsString()
  @MaxLength(40)
  amount!: string;

  @IsIn(paymentMethodNames)
  method!: PaymentMethodName;

  @IsOptional()
  @IsString()
  @MaxLength(200)
  reason?: string | null;
}

/** GraphQL input UseDepositInput. */
export class UseDepositDto {
  @IsUUID()
  accountId!: string;

  @IsString()
  @MaxLength(40)
  amount!: string;

  @IsOptional()
  @IsString()
  @MaxLength(200)
  reason?: string | null;
}

/** GraphQL input WriteOffInput. */
export class WriteOffDto {
  @IsUUID()
  accountId!: string;

  @IsUUID()
  billId!: string;

  @IsOptional()
  @IsString()
  @MaxLength(40)
  amount?: string | null;

  @IsString()
  @MaxLength(200)
  reason!: string;
}

/** GraphQL input RecoverInput. */
export class RecoverDto {
  @IsUUID()
  accountId!: string;

  @IsUUID()
  billId!: string;

  @IsString()
  @MaxLength(40)
  amount!: string;

  @IsIn(paymentMethodNames)
  method!: PaymentMethodName;
}
