import { IsIn, IsOptional, IsString, IsUUID, Length, MaxLength } from 'class-validator';

/** Longest text of an amount, and of a reason. */
const AMOUNT_LENGTH = 40;
const REASON_LENGTH = 200;

/** GraphQL input SetSpendCapInput. */
export class SetSpendCapDto {
  @IsUUID()
  productId!: string;

  @IsOptional()
  @IsString()
  @MaxLength(AMOUNT_LENGTH)
  amount?: string | null;

  @IsIn(['PERIOD', 'DAY'])
  per!: 'PERIOD' | 'DAY';

  @IsIn(['NOTIFY', 'BLOCK'])
  atLimit!: 'NOTIFY' | 'BLOCK';

  @IsString()
  @Length(1, REASON_LENGTH)
  reason!: string;
}
