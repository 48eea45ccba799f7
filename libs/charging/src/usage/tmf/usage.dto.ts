import { Type } from 'class-transformer';
import {
  Allow,
  ArrayMaxSize,
  ArrayMinSize,
  IsISO8601,
  IsOptional,
  IsString,
  MaxLength,
  ValidateNested,
} from 'class-validator';

/** One value of a posted usage. */
export class UsageCharacteristicDto {
  @IsString()
  @MaxLength(200)
  name!: string;

  @Allow()
  value!: unknown;

  @IsOptional()
  @IsString()
  valueType?: string;

  @Allow()
  '@type'?: unknown;
}

/** Which source's mapping reads the usage. */
export class UsageSpecificationRefDto {
  @IsString()
  @MaxLength(128)
  id!: string;

  @Allow()
  href?: unknown;

  @Allow()
  name?: unknown;

  @Allow()
  '@type'?: unknown;
}

/** Body of POST usage (TMF635 `Usage_Create`); rating, status and parties are ours to find and are not read. */
export class UsageCreateDto {
  @IsOptional()
  @IsISO8601({ strict: true })
  usageDate?: string;

  @IsOptional()
  @IsString()
  @MaxLength(200)
  usageType?: string;

  @Allow()
  description?: unknown;

  @Allow()
  status?: unknown;

  @Allow()
  relatedParty?: unknown;

  @Allow()
  ratedProductUsage?: unknown;

  @ValidateNested({ each: true })
  @Type(() => UsageCharacteristicDto)
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  usageCharacteristic!: UsageCharacteristicDto[];

  @ValidateNested()
  @Type(() => UsageSpecificationRefDto)
  usageSpecification!: UsageSpecificationRefDto;

  @Allow()
  '@type'?: unknown;

  @Allow()
  '@baseType'?: unknown;

  @Allow()
  '@schemaLocation'?: unknown;
}
