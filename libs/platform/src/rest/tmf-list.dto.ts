import { Allow } from 'class-validator';
import type { TmfListQuery } from './tmf-list';

/** Query of a single resource of the standard: `selectFields` reads it. */
export class TmfFieldsDto {
  @Allow()
  fields?: unknown;
}

/** Query of a list that refuses parameters it does not know; `tmfPageOf` and `selectFields` read the values. */
export class TmfListDto extends TmfFieldsDto implements TmfListQuery {
  @Allow()
  offset?: unknown;

  @Allow()
  limit?: unknown;
}
