import { IsOptional, IsString, IsUUID, Length, Matches } from 'class-validator';

/** GraphQL input TaxExemptionInput. */
export class TaxExemptionDto {
  @IsUUID()
  accountId!: string;

  @IsString()
  @Length(1, 60)
  certificate!: string;

  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  from!: string;

  @IsOptional()
  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  to?: string | null;
}

/** GraphQL input EndTaxExemptionInput. */
export class EndTaxExemptionDto {
  @IsUUID()
  accountId!: string;

  @IsUUID()
  exemptionId!: string;

  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  to!: string;
}
