import type { ResourceKind } from '@ronghe/contracts';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { resourceKinds } from './resource';

/** Query parameters of TMF639 reads. */
export class ResourceQueryDto {
  /** Comma-separated properties to answer with. */
  @IsOptional()
  @IsString()
  @MaxLength(400)
  fields?: string;

  @IsOptional()
  @IsIn(resourceKinds)
  category?: ResourceKind;

  /** Number, ICCID or serial. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  name?: string;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  offset?: number;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit?: number;
}
