import {
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import type { AccountRelationKind, EndAccountRelationInput, RelateAccountsInput } from './generated/graphql';

const kinds: readonly AccountRelationKind[] = ['SPONSORSHIP', 'PARENT', 'SPLIT', 'DISCOUNT_SHARING'];

/** GraphQL input RelateAccountsInput. */
export class RelateAccountsDto implements RelateAccountsInput {
  @IsIn(kinds)
  kind!: AccountRelationKind;

  @IsUUID()
  ownerAccountId!: string;

  @IsUUID()
  memberAccountId!: string;

  @IsOptional()
  @IsString()
  @MaxLength(10)
  percent?: string | null;

  @IsOptional()
  @IsString()
  @MaxLength(20)
  limit?: string | null;

  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  @MaxLength(100, { each: true })
  chargeClasses?: string[] | null;

  @IsOptional()
  @IsArray()
  @IsUUID(undefined, { each: true })
  productIds?: string[] | null;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1000)
  priority?: number | null;

  @IsOptional()
  @IsBoolean()
  memberPays?: boolean | null;

  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  @MaxLength(100, { each: true })
  discountCodes?: string[] | null;

  @IsOptional()
  @IsString()
  @MaxLength(10)
  effectiveFrom?: string | null;

  @IsOptional()
  @IsString()
  @MaxLength(10)
  effectiveTo?: string | null;

  @IsString()
  @Length(1, 200)
  cause!: string;
}

/** GraphQL input EndAccountRelationInput. */
export class EndAccountRelationDto implements EndAccountRelationInput {
  @IsUUID()
  relationId!: string;

  @IsString()
  @MaxLength(10)
  effectiveTo!: string;

  @IsString()
  @Length(1, 200)
  cause!: string;
}
