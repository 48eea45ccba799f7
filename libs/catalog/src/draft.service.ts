import { Injectable } from '@nestjs/common';
import type { QueryAnswer, QueryInput } from '@ronghe/contracts';
import { OnQuery, type Tx } from '@ronghe/platform';
import { DocumentSourceStore } from './document-source.store';
import { draftOver } from './draft';
import { mergeFiles } from './source-files';
import { VersionStore } from './version.store';

/** What documents would come to, without applying them. */
@Injectable()
export class DraftService {
  constructor(
    private readonly sources: DocumentSourceStore,
    private readonly versions: VersionStore,
  ) {}

  @OnQuery('catalog.resolveDraft')
  async resolveDraft(
    input: QueryInput<'catalog.resolveDraft'>,
    tx: Tx,
  ): Promise<QueryAnswer<'catalog.resolveDraft'>> {
    const files = mergeFiles(await this.sources.findAll(tx), input.files);
    const offers = await this.versions.findLive(tx, 'offer_version');
    const policies = await this.versions.findLive(tx, 'policy_version');
    return draftOver(files, { offers, policies });
  }
}
