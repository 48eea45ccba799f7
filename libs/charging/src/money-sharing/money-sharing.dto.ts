import { IsOptional, IsString, IsUUID, Length, MaxLength } from 'class-validator';

/** Longest text of an amount, and of a reason. */
const AMOUNT_LENGTH = 40;
const REASON_LENGTH = 200;

/** GraphQL input ShareMoneyInput. */
export class ShareMoneyDto {
  @IsUUID()
  ownerAccountId!: string;

  @IsUUID()
  memberAccountId!: string;

  @IsOptional()
  @IsString()
  @MaxLength(AMOUNT_LENGTH)
  cap?: string | null;

  @IsString()
  @Length(1, REASON_LENGTH)
  reason!: string;
}

/** GraphQL input EndMoneySharingInput. */
export class EndMoneySharingDto {
  @IsUUID()
  accountId!: string;

  @IsUUID()
  sharingId!: string;

  @IsString()
  @Length(1, REASON_LENGTH)
  reason!: string;
}
