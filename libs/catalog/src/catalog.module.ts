import { Module } from '@nestjs/common';
import { PlatformModule } from '@ronghe/platform';
import { CatalogAudit } from './catalog-audit.service';
import { CatalogReader } from './catalog-reader.service';
import { DocumentSourceStore } from './document-source.store';
import { DraftService } from './draft.service';
import { OfferingResolver } from './offering.resolver';
import { PublicationResolver } from './publication.resolver';
import { PublicationService } from './publication.service';
import { Tmf620Controller } from './tmf620.controller';
import { VersionStore } from './version.store';

/** The catalog domain's providers. */
@Module({
  imports: [PlatformModule.forDomain('catalog')],
  providers: [
    VersionStore,
    DocumentSourceStore,
    PublicationService,
    DraftService,
    CatalogReader,
    CatalogAudit,
    OfferingResolver,
    PublicationResolver,
  ],
  controllers: [Tmf620Controller],
})
export class CatalogModule {}
