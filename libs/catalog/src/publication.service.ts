import { Injectable } from '@nestjs/common';
import type { CommandAnswer, CommandInput } from '@ronghe/contracts';
import { laneOf } from '@ronghe/kernel';
import { OnCommand, requestContext, Transactions, type Tx } from '@ronghe/platform';
import { DocumentSourceStore } from './document-source.store';
import { decidePublication, type Publication, type VersionedDocument } from './publication';
import { mergeFiles } from './source-files';
import { readDocuments } from './read-documents';
import { VersionStore, type StoredVersion } from './version.store';

type ApplyInput = CommandInput<'catalog.applyDocuments'>;
type ApplyAnswer = CommandAnswer<'catalog.applyDocuments'>;

/** The only writer of live offers and policies. */
@Injectable()
export class PublicationService {
  constructor(
    private readonly transactions: Transactions,
    private readonly sources: DocumentSourceStore,
    private readonly versions: VersionStore,
  ) {}

  /** As `applyDocuments`, from an edge. */
  async apply(input: ApplyInput, idempotencyKey: string): Promise<ApplyAnswer> {
    return this.transactions.once('applyDocuments', idempotencyKey, input, (tx) =>
      this.applyDocuments(input, tx),
    );
  }

  /**
   * Reads the files together with those applied before (a path replaces its earlier text, an empty text takes the
   * file out), and publishes what is new: all of it or nothing. Live versions whose file went stay live.
   * @throws DomainError `document_invalid` (readDocuments), `version_immutable`, `version_out_of_order`,
   * `versions_overlap`.
   */
  @OnCommand('catalog.applyDocuments')
  async applyDocuments(input: ApplyInput, tx: Tx): Promise<ApplyAnswer> {
    const application = await this.sources.begin(tx);
    const files = mergeFiles(await this.sources.findAll(tx), input.files);
    const { offers, policies } = readDocuments(files);
    const writing = { application, by: requestContext().actor?.id ?? 'system' };
    const offerPublication = decidePublication(offers, await this.versions.findLive(tx, 'offer_version'));
    const policyPublication = decidePublication(policies, await this.versions.findLive(tx, 'policy_version'));
    const newOffers = await this.versions.publish(tx, 'offer_version', offerPublication.publish, writing);
    for (const offer of newOffers) tx.emit('offering.published.v1', factOf(offer));
    const newPolicies = await this.versions.publish(tx, 'policy_version', policyPublication.publish, writing);
    for (const policy of newPolicies) tx.emit('policy.published.v1', factOf(policy));
    await this.sources.save(tx, input.files, application);
    return summaryOf(offerPublication, policyPublication);
  }
}

/** A published version as the others are told of it, in the order of its code. */
function factOf<D extends VersionedDocument>({ document, publishedAt, sequence }: StoredVersion<D>) {
  const { code, version } = document;
  const payload = { code, version, document, publishedAt };
  return { aggregateId: code, lane: laneOf(code), version: sequence, payload };
}

function summaryOf(...publications: Publication<VersionedDocument>[]): ApplyAnswer {
  const name = ({ code, version }: VersionedDocument): string => `${code}@${version}`;
  return {
    published: publications.flatMap(({ publish }) => publish.map(({ document }) => name(document))).sort(),
    unchanged: publications.flatMap(({ unchanged }) => unchanged.map(name)).sort(),
  };
}
