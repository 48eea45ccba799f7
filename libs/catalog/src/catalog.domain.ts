import { join } from 'node:path';
import { defineDomain, type DomainManifest } from '@ronghe/platform';
import {
  DocumentSourceEntity,
  LiveStateEntity,
  OfferVersionEntity,
  PolicyVersionEntity,
} from './catalog.entity';
import { CatalogModule } from './catalog.module';
import { CreateCatalog1700000000000 } from './migrations/1700000000000-create-catalog';
import { TMF620_PATH } from './tmf620';

/** Offers and business parameters as documents, versioned and effective-dated. */
export const catalogDomain: DomainManifest = defineDomain({
  name: 'catalog',
  module: CatalogModule,
  sdlFile: join(__dirname, 'catalog.graphql'),
  entities: [OfferVersionEntity, PolicyVersionEntity, DocumentSourceEntity, LiveStateEntity],
  migrations: [CreateCatalog1700000000000],
  restPrefixes: [TMF620_PATH],
});
