import {
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
  Min,
  MinLength,
} from 'class-validator';

/** Names and reasons are this long at most. */
const TEXT_LIMIT = 500;
const CODE_LIMIT = 128;

/** GraphQL input ReratingInput. */
export class ReratingDto {
  @IsOptional()
  @IsUUID()
  accountId?: string | null;

  @IsOptional()
  @IsString()
  @MaxLength(CODE_LIMIT)
  offeringCode?: string | null;

  @IsOptional()
  @IsInt()
  @Min(1)
  offeringVersion?: number | null;

  @IsOptional()
  @IsISO8601({ strict: true })
  usedFrom?: string | null;

  @IsOptional()
  @IsISO8601({ strict: true })
  usedTo?: string | null;

  @IsOptional()
  @IsIn(['VOICE', 'SMS', 'MMS', 'DATA', 'CONTENT'])
  usageClass?: string | null;

  @IsOptional()
  @IsString()
  @MaxLength(CODE_LIMIT)
  source?: string | null;

  @IsString()
  @MinLength(1)
  @MaxLength(TEXT_LIMIT)
  reason!: string;
}
