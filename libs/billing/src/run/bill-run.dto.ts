import {
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';

/** GraphQL input StartBillRunInput. */
export class StartBillRunDto {
  @Matches(/^\d{4}-(0[1-9]|1[0-2])$/, { message: 'a bill period is written 2026-06' })
  period!: string;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(31)
  billDay?: number | null;

  @IsOptional()
  @IsString()
  @MaxLength(60)
  zone?: string | null;

  @IsOptional()
  @IsBoolean()
  force?: boolean | null;

  @IsOptional()
  @IsString()
  @MaxLength(400)
  reason?: string | null;
}

/** GraphQL input BillNowInput. */
export class BillNowDto {
  @IsUUID()
  accountId!: string;

  @IsOptional()
  @IsIn(['SO_FAR', 'ONE_TIME'])
  scope?: 'SO_FAR' | 'ONE_TIME' | null;
}
