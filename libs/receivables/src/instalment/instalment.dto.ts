import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
  ValidateNested,
} from 'class-validator';

const LIST_MAXIMUM = 100;

/** GraphQL input InstalmentPartInput. */
export class InstalmentPartDto {
  @IsString()
  @MaxLength(40)
  dueOn!: string;

  @IsString()
  @MaxLength(40)
  amount!: string;
}

/** GraphQL input CreateInstalmentPlanInput. */
export class CreateInstalmentPlanDto {
  @IsUUID()
  accountId!: string;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(LIST_MAXIMUM)
  @IsUUID(undefined, { each: true })
  billIds?: string[] | null;

  @IsArray()
  @ArrayMaxSize(LIST_MAXIMUM)
  @ValidateNested({ each: true })
  @Type(() => InstalmentPartDto)
  parts!: InstalmentPartDto[];
}

/** GraphQL input CancelInstalmentPlanInput. */
export class CancelInstalmentPlanDto {
  @IsUUID()
  accountId!: string;

  @IsString()
  @MaxLength(200)
  reason!: string;
}
