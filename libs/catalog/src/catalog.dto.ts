import { ArrayMaxSize, ArrayMinSize, IsString, Length, MaxLength, ValidateNested } from 'class-validator';
import { Type } from 'class-transformer';
import { FILE_TEXT_LIMIT } from './authored-file';
import type { CatalogFileInput, MutationApplyCatalogDocumentsArgs } from './generated/graphql';

/** GraphQL input CatalogFileInput. */
export class CatalogFileDto implements CatalogFileInput {
  @IsString()
  @Length(1, 200)
  path!: string;

  @IsString()
  @MaxLength(FILE_TEXT_LIMIT)
  text!: string;
}

/** Arguments of the mutation applyCatalogDocuments. */
export class ApplyDocumentsArgs implements MutationApplyCatalogDocumentsArgs {
  @ValidateNested({ each: true })
  @Type(() => CatalogFileDto)
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  files!: CatalogFileDto[];

  @IsString()
  @Length(1, 200)
  idempotencyKey!: string;
}
