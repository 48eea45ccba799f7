import type { ResourceKind } from '@ronghe/contracts';
import { IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, MaxLength, Min } from 'class-validator';
import type { AddStockInput, OpenStockPlaceInput } from './generated/graphql';
import { graphqlName } from './graphql-names';
import { resourceKinds } from './resource';
import { STOCK_COUNT_LIMIT } from './stock-range';

const kindNames = resourceKinds.map(graphqlName);

/** GraphQL input OpenStockPlaceInput. */
export class OpenStockPlaceDto implements OpenStockPlaceInput {
  @Matches(/^[a-z0-9][a-z0-9-]{1,31}$/)
  code!: string;

  @IsString()
  @Length(1, 80)
  name!: string;
}

/** GraphQL input AddStockInput. */
export class AddStockDto implements AddStockInput {
  @IsIn(kindNames)
  kind!: Uppercase<ResourceKind>;

  @IsString()
  @MaxLength(40)
  first!: string;

  @IsOptional()
  @IsString()
  @MaxLength(20)
  firstImsi?: string | null;

  @IsInt()
  @Min(1)
  @Max(STOCK_COUNT_LIMIT)
  count!: number;

  @IsString()
  @MaxLength(32)
  placeCode!: string;
}
