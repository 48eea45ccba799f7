import { IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';

/** GraphQL input MatchReceiptInput. */
export class MatchReceiptDto {
  @IsUUID()
  receiptId!: string;

  @IsUUID()
  accountId!: string;

  @IsOptional()
  @IsString()
  @MaxLength(60)
  billNumber?: string | null;
}

/** GraphQL inputs UnmatchReceiptInput and ReturnReceiptInput. */
export class ReceiptAndReasonDto {
  @IsUUID()
  receiptId!: string;

  @IsString()
  @MaxLength(400)
  reason!: string;
}
