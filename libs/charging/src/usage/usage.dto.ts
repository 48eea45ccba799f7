import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsISO8601,
  IsString,
  IsUUID,
  MaxLength,
  ValidateNested,
} from 'class-validator';

/** Body of POST /usage/sources/{source}/close. */
export class CloseSourceDto {
  /** An instant with its offset. */
  @IsISO8601({ strict: true })
  through!: string;
}

/** GraphQL input UsageCellInput. */
export class UsageCellDto {
  @IsString()
  @MaxLength(128)
  column!: string;

  @IsString()
  @MaxLength(1024)
  value!: string;
}

/** GraphQL input CorrectUsageInput. */
export class CorrectUsageDto {
  @IsUUID()
  suspenseId!: string;

  @ValidateNested({ each: true })
  @Type(() => UsageCellDto)
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  cells!: UsageCellDto[];
}
