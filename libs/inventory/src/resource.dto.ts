import type { ResourceKind } from '@ronghe/contracts';
import { Allow, IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { resourceKinds } from './resource';

/** Query parameters of TMF639's list; `fields`, `offset` and `limit` are read by the platform. */
export class ResourceQueryDto {
  @Allow()
  fields?: unknown;

  @Allow()
  offset?: unknown;

  @Allow()
  limit?: unknown;

  @IsOptional()
  @IsIn(resourceKinds)
  category?: ResourceKind;

  /** Number, ICCID or serial. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  name?: string;
}
