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
