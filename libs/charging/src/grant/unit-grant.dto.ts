import {
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Max,
  MaxLength,
  Min,
} from 'class-validator';

/** Longest texts; the lowest place in the order. */
const TEXT_LENGTH = 200;
const QUANTITY_LENGTH = 15;
const PRIORITY_MAXIMUM = 1000;

/** GraphQL input GrantUnitsInput. */
export class GrantUnitsDto {
  @IsUUID()
  productId!: string;

  @IsOptional()
  @IsBoolean()
  isForProductOnly?: boolean | null;

  @IsString()
  @Length(1, TEXT_LENGTH)
  labelEn!: string;

  @IsString()
  @Length(1, TEXT_LENGTH)
  labelZhCN!: string;

  @IsArray()
  @ArrayNotEmpty()
  @IsIn(['VOICE', 'SMS', 'MMS', 'DATA', 'CONTENT'], { each: true })
  usageClasses!: string[];

  @IsIn(['MINUTE', 'SECOND', 'MESSAGE', 'KB', 'ITEM'])
  unit!: string;

  @IsString()
  @MaxLength(QUANTITY_LENGTH)
  quantity!: string;

  @IsOptional()
  @IsISO8601({ strict: true })
  validFrom?: string | null;

  @IsOptional()
  @IsISO8601({ strict: true })
  validTo?: string | null;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(PRIORITY_MAXIMUM)
  priority?: number | null;

  @IsString()
  @Length(1, TEXT_LENGTH)
  reason!: string;
}
