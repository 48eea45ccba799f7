import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { BusinessClock, jsonNumber, PlatformConfig, sendJson } from '@ronghe/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { TmfFieldsDto, TmfListDto } from './catalog.dto';
import { catalogErrors } from './catalog.errors';
import { CatalogReader } from './catalog-reader.service';
import { listPage, selectFields } from './tmf-list';
import {
  hrefBelow,
  productOfferingOf,
  productSpecificationsOf,
  readOfferingId,
  TMF620_PATH,
  type HrefOf,
} from './tmf620';
import { productOfferingPricesOf } from './tmf620-price';

/** The list shows each code once; an operator has hundreds, and this is where it would have to be paged in SQL. */
const OFFERS_MAXIMUM = 2000;

/** TMF620 Product Catalog Management v4, read only. Every signed-in actor may read the catalog. */
@Controller(TMF620_PATH)
export class Tmf620Controller {
  constructor(
    private readonly reader: CatalogReader,
    private readonly clock: BusinessClock,
    private readonly config: PlatformConfig,
  ) {}

  @Get('productOffering')
  async listOfferings(
    @Query() query: TmfListDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const offers = await this.reader.current('offer_version', OFFERS_MAXIMUM);
    sendPage(
      reply,
      offers.map((offer) => productOfferingOf(offer, this.clock.now(), this.hrefOf(request))),
      query,
    );
  }

  @Get('productOffering/:id')
  async getOffering(
    @Param('id') id: string,
    @Query() query: TmfFieldsDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { code, version } = readOfferingId(id);
    const offer = await this.reader.offer(code, version);
    if (!offer) throw catalogErrors.offeringNotFound(id);
    sendJson(
      reply,
      selectFields(productOfferingOf(offer, this.clock.now(), this.hrefOf(request)), query.fields),
    );
  }

  @Get('productOfferingPrice')
  async listPrices(
    @Query() query: TmfListDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const offers = await this.reader.current('offer_version', OFFERS_MAXIMUM);
    sendPage(
      reply,
      offers.flatMap((offer) => productOfferingPricesOf(offer, jsonNumber, this.hrefOf(request))),
      query,
    );
  }

  @Get('productOfferingPrice/:id')
  async getPrice(
    @Param('id') id: string,
    @Query() query: TmfFieldsDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const offer = await this.reader.offer(id.split('.')[0] ?? '', null);
    const prices = offer ? productOfferingPricesOf(offer, jsonNumber, this.hrefOf(request)) : [];
    const price = prices.find((each) => each.id === id);
    if (!price) throw catalogErrors.priceNotFound(id.slice(0, 100));
    sendJson(reply, selectFields(price, query.fields));
  }

  @Get('productSpecification')
  async listSpecifications(
    @Query() query: TmfListDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendPage(reply, await this.specifications(request), query);
  }

  @Get('productSpecification/:id')
  async getSpecification(
    @Param('id') id: string,
    @Query() query: TmfFieldsDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const specification = (await this.specifications(request)).find((each) => each.id === id);
    if (!specification) throw catalogErrors.specificationNotFound(id.slice(0, 100));
    sendJson(reply, selectFields(specification, query.fields));
  }

  /** Addresses as the client knows us: behind a proxy the setting says how. */
  private hrefOf(request: FastifyRequest): HrefOf {
    return hrefBelow(this.config.publicUrl ?? `${request.protocol}://${request.host}`);
  }

  private async specifications(request: FastifyRequest): Promise<ReturnType<typeof productSpecificationsOf>> {
    const offers = await this.reader.current('offer_version', OFFERS_MAXIMUM);
    return productSpecificationsOf(
      offers.map((offer) => offer.document),
      this.hrefOf(request),
    );
  }
}

function sendPage(reply: FastifyReply, resources: readonly object[], query: TmfListDto): void {
  const { items, total } = listPage(resources, query);
  reply.header('x-total-count', String(total)).header('x-result-count', String(items.length));
  sendJson(reply, items);
}
