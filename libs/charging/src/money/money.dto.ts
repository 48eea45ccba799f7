import { IsString, IsUUID, Length, MaxLength } from 'class-validator';

/** Longest text of an amount, and of a reason. */
const AMOUNT_LENGTH = 40;
const REASON_LENGTH = 200;

/** GraphQL input TransferMoneyInput. */
export class TransferMoneyDto {
  @IsUUID()
  fromAccountId!: string;

  @IsUUID()
  toAccountId!: string;

  @IsString()
  @MaxLength(AMOUNT_LENGTH)
  amount!: string;
}

/** GraphQL input AdjustMoneyInput. */
export class AdjustMoneyDto {
  @IsUUID()
  accountId!: string;

  @IsString()
  @MaxLength(AMOUNT_LENGTH)
  amount!: string;

  @IsString()
  @Length(1, REASON_LENGTH)
  reason!: string;
}

/** GraphQL input SetCreditLimitInput. */
export class SetCreditLimitDto {
  @IsUUID()
  accountId!: string;

  @IsString()
  @MaxLength(AMOUNT_LENGTH)
  creditLimit!: string;
}
