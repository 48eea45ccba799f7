import { Type } from 'class-transformer';
import { ArrayMaxSize, IsString, Matches, MaxLength, ValidateNested } from 'class-validator';

const CODE_LIMIT = 128;
const TEXT_LIMIT = 1_000_000;
const FILE_LIMIT = 500;
const REPLACEMENT_LIMIT = 100;

/** GraphQL input DraftFileInput. */
export class DraftFileDto {
  @IsString()
  @MaxLength(CODE_LIMIT)
  path!: string;

  @IsString()
  @MaxLength(TEXT_LIMIT)
  text!: string;
}

/** GraphQL input ReplacementInput. */
export class ReplacementDto {
  @IsString()
  @MaxLength(CODE_LIMIT)
  offering!: string;

  @IsString()
  @MaxLength(CODE_LIMIT)
  by!: string;
}

/** GraphQL input WhatIfInput. */
export class WhatIfDto {
  @Matches(/^\d{4}-(0[1-9]|1[0-2])$/, { message: 'must be a month such as 2026-06' })
  period!: string;

  @ValidateNested({ each: true })
  @Type(() => DraftFileDto)
  @ArrayMaxSize(FILE_LIMIT)
  files!: DraftFileDto[];

  @ValidateNested({ each: true })
  @Type(() => ReplacementDto)
  @ArrayMaxSize(REPLACEMENT_LIMIT)
  replacements!: ReplacementDto[];
}
