import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { PolicyDocument } from '@ronghe/contracts';
import type { Instant } from '@ronghe/kernel';
import { connectionOf, pageLimit, pageStart, Roles, type Connection } from '@ronghe/platform';
import { ApplyDocumentsArgs } from './catalog.dto';
import { CatalogReader } from './catalog-reader.service';
import { dayOf, type DayPageArguments } from './offering.resolver';
import { PublicationService } from './publication.service';

/** GraphQL's Policy. */
type PolicyView = Pick<PolicyDocument, 'code' | 'version' | 'kind' | 'effectiveFrom' | 'effectiveTo'> & {
  document: PolicyDocument;
  publishedAt: Instant;
};

/** Policies, and the application of documents, at the GraphQL edge. */
@Resolver('Policy')
export class PublicationResolver {
  constructor(
    private readonly service: PublicationService,
    private readonly reader: CatalogReader,
  ) {}

  @Roles('operations', 'billing')
  @Query('policies')
  async policies(@Args() page: DayPageArguments): Promise<Connection<PolicyView>> {
    const rows = await this.reader.inForce('policy_version', {
      on: dayOf(page),
      afterCode: pageStart(page),
      limit: pageLimit(page),
    });
    const views = rows.map(({ document, publishedAt }) => {
      const { code, version, kind, effectiveFrom, effectiveTo } = document;
      return { code, version, kind, effectiveFrom, effectiveTo, document, publishedAt };
    });
    return connectionOf(views, page, (view) => view.code);
  }

  @Roles('operations')
  @Mutation('applyCatalogDocuments')
  async applyCatalogDocuments(
    @Args() { files, idempotencyKey }: ApplyDocumentsArgs,
  ): Promise<{ published: string[]; unchanged: string[] }> {
    return this.service.apply({ files }, idempotencyKey);
  }
}
