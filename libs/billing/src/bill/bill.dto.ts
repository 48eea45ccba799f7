import { IsString, IsUUID, Length, Matches, MaxLength } from 'class-validator';

/** GraphQL input ChargeOnceInput. */
export class ChargeOnceDto {
  @IsUUID()
  accountId!: string;

  @IsString()
  @Length(1, 60)
  chargeClass!: string;

  @IsString()
  @Length(1, 120)
  label!: string;

  @IsString()
  @MaxLength(40)
  amount!: string;

  @IsString()
  @Length(1, 60)
  taxClass!: string;

  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  serviceDate!: string;
}
