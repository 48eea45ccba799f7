import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { BusinessClock, jsonNumber, sendJson } from '@ronghe/platform';
import type { FastifyReply } from 'fastify';
import { TmfFieldsDto, TmfListDto } from './catalog.dto';
import { catalogErrors } from './catalog.errors';
import { CatalogReader } from './catalog-reader.service';
import { listPage, selectFields } from './tmf-list';
import { productOfferingOf, productSpecificationsOf, readOfferingId, TMF620_PATH } from './tmf620';
import { productOfferingPricesOf } from './tmf620-price';

/** The list shows each code once; an operator has hundreds, and this is where it would have to be paged in SQL. */
const OFFERS_MAXIMUM = 2000;

/** TMF620 Product Catalog Management v4, read only. Every signed-in actor may read the catalog. */
@Controller(TMF620_PATH)
export class Tmf620Controller {
  constructor(
    private readonly reader: CatalogReader,
    private readonly clock: BusinessClock,
  ) {}

  @Get('productOffering')
  async listOfferings(@Query() query: TmfListDto, @Res() reply: FastifyReply): Promise<void> {
    const offers = await this.reader.current('offer_version', OFFERS_MAXIMUM);
    sendPage(
      reply,
      offers.map((offer) => productOfferingOf(offer, this.clock.now())),
      query,
    );
  }

  @Get('productOffering/:id')
  async getOffering(
    @Param('id') id: string,
    @Query() query: TmfFieldsDto,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { code, version } = readOfferingId(id);
    const offer = await this.reader.offer(code, version);
    if (!offer) throw catalogErrors.offeringNotFound(id);
    sendJson(reply, selectFields(productOfferingOf(offer, this.clock.now()), query.fields));
  }

  @Get('productOfferingPrice')
  async listPrices(@Query() query: TmfListDto, @Res() reply: FastifyReply): Promise<void> {
    const offers = await this.reader.current('offer_version', OFFERS_MAXIMUM);
    sendPage(
      reply,
      offers.flatMap((offer) => productOfferingPricesOf(offer, jsonNumber)),
      query,
    );
  }

  @Get('productOfferingPrice/:id')
  async getPrice(
    @Param('id') id: string,
    @Query() query: TmfFieldsDto,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const offer = await this.reader.offer(id.split('.')[0] ?? '', null);
    const prices = offer ? productOfferingPricesOf(offer, jsonNumber) : [];
    const price = prices.find((each) => each.id === id);
    if (!price) throw catalogErrors.priceNotFound(id.slice(0, 100));
    sendJson(reply, selectFields(price, query.fields));
  }

  @Get('productSpecification')
  async listSpecifications(@Query() query: TmfListDto, @Res() reply: FastifyReply): Promise<void> {
    sendPage(reply, await this.specifications(), query);
  }

  @Get('productSpecification/:id')
  async getSpecification(
    @Param('id') id: string,
    @Query() query: TmfFieldsDto,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const specification = (await this.specifications()).find((each) => each.id === id);
    if (!specification) throw catalogErrors.specificationNotFound(id.slice(0, 100));
    sendJson(reply, selectFields(specification, query.fields));
  }

  private async specifications(): Promise<ReturnType<typeof productSpecificationsOf>> {
    const offers = await this.reader.current('offer_version', OFFERS_MAXIMUM);
    return productSpecificationsOf(offers.map((offer) => offer.document));
  }
}

function sendPage(reply: FastifyReply, resources: readonly object[], query: TmfListDto): void {
  const { items, total } = listPage(resources, query);
  reply.header('x-total-count', String(total)).header('x-result-count', String(items.length));
  sendJson(reply, items);
}
