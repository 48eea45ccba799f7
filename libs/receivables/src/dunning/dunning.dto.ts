import { IsBoolean, IsInt, IsOptional, IsString, IsUUID, MaxLength, Min } from 'class-validator';

const REASON_LIMIT = 500;
const WORD_LIMIT = 40;

/** GraphQL input OpenDisputeInput. */
export class OpenDisputeDto {
  @IsUUID()
  accountId!: string;

  @IsUUID()
  billId!: string;

  @IsOptional()
  @IsInt()
  @Min(1)
  lineNo?: number | null;

  @IsString()
  @MaxLength(WORD_LIMIT)
  amount!: string;

  @IsString()
  @MaxLength(REASON_LIMIT)
  reason!: string;
}

/** GraphQL input ResolveDisputeInput. */
export class ResolveDisputeDto {
  @IsUUID()
  disputeId!: string;

  @IsBoolean()
  accepted!: boolean;

  @IsString()
  @MaxLength(REASON_LIMIT)
  reason!: string;
}

/** GraphQL input PromisePaymentInput. */
export class PromisePaymentDto {
  @IsUUID()
  accountId!: string;

  @IsString()
  @MaxLength(WORD_LIMIT)
  until!: string;

  @IsBoolean()
  releases!: boolean;

  @IsString()
  @MaxLength(REASON_LIMIT)
  reason!: string;
}

/** GraphQL input DunningTermsInput. */
export class DunningTermsDto {
  @IsUUID()
  accountId!: string;

  @IsString()
  @MaxLength(WORD_LIMIT)
  customerClass!: string;

  @IsBoolean()
  exempt!: boolean;

  @IsBoolean()
  bearsLateFee!: boolean;

  @IsString()
  @MaxLength(REASON_LIMIT)
  reason!: string;
}

/** GraphQL input WaiveLateFeeInput. */
export class WaiveLateFeeDto {
  @IsUUID()
  accountId!: string;

  @IsUUID()
  billId!: string;

  @IsOptional()
  @IsString()
  @MaxLength(WORD_LIMIT)
  amount?: string | null;

  @IsString()
  @MaxLength(REASON_LIMIT)
  reason!: string;
}
