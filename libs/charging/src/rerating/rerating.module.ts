import type { Provider } from '@nestjs/common';
import { ReratingApplication } from './rerating-apply.service';
import { ReratingPreview } from './rerating-preview.service';
import { ReratingReader } from './rerating-reader.service';
import { ReratingResolver } from './rerating.resolver';
import { ReratingWorker } from './rerating.worker';
import { Reratings } from './reratings.service';

/** What re-rating adds to the charging module. */
export const reratingProviders: Provider[] = [
  Reratings,
  ReratingReader,
  ReratingPreview,
  ReratingApplication,
  ReratingWorker,
  ReratingResolver,
];
