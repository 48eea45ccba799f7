import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { HrefOf } from '@ronghe/contracts';
import {
  BusinessClock,
  Hrefs,
  jsonNumber,
  selectFields,
  sendJson,
  sendTmfPart,
  TmfFieldsDto,
  TmfListDto,
} from '@ronghe/platform';
import type { FastifyReply } from 'fastify';
import { catalogErrors } from './catalog.errors';
import { CatalogReader } from './catalog-reader.service';
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
  async listOfferings(
    @Query() query: TmfListDto,
    @Hrefs() hrefOf: HrefOf,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const offers = await this.reader.current('offer_version', OFFERS_MAXIMUM);
    const resources = offers.map((offer) => productOfferingOf(offer, this.clock.now(), hrefOf));
    await sendTmfPart(reply, query, resources);
  }

  @Get('productOffering/:id')
  async getOffering(
    @Param('id') id: string,
    @Query() query: TmfFieldsDto,
    @Hrefs() hrefOf: HrefOf,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { code, version } = readOfferingId(id);
    const offer = await this.reader.offer(code, version);
    if (!offer) throw catalogErrors.offeringNotFound(id);
    sendJson(reply, selectFields(productOfferingOf(offer, this.clock.now(), hrefOf), query.fields));
  }

  @Get('productOfferingPrice')
  async listPrices(
    @Query() query: TmfListDto,
    @Hrefs() hrefOf: HrefOf,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const offers = await this.reader.current('offer_version', OFFERS_MAXIMUM);
    const resources = offers.flatMap((offer) => productOfferingPricesOf(offer, jsonNumber, hrefOf));
    await sendTmfPart(reply, query, resources);
  }

  @Get('productOfferingPrice/:id')
  async getPrice(
    @Param('id') id: string,
    @Query() query: TmfFieldsDto,
    @Hrefs() hrefOf: HrefOf,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const offer = await this.reader.offer(id.split('.')[0] ?? '', null);
    const prices = offer ? productOfferingPricesOf(offer, jsonNumber, hrefOf) : [];
    const price = prices.find((each) => each.id === id);
    if (!price) throw catalogErrors.priceNotFound(id.slice(0, 100));
    sendJson(reply, selectFields(price, query.fields));
  }

  @Get('productSpecification')
  async listSpecifications(
    @Query() query: TmfListDto,
    @Hrefs() hrefOf: HrefOf,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendTmfPart(reply, query, await this.specifications(hrefOf));
  }

  @Get('productSpecification/:id')
  async getSpecification(
    @Param('id') id: string,
    @Query() query: TmfFieldsDto,
    @Hrefs() hrefOf: HrefOf,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const specification = (await this.specifications(hrefOf)).find((each) => each.id === id);
    if (!specification) throw catalogErrors.specificationNotFound(id.slice(0, 100));
    sendJson(reply, selectFields(specification, query.fields));
  }

  private async specifications(hrefOf: HrefOf): Promise<ReturnType<typeof productSpecificationsOf>> {
    const offers = await this.reader.current('offer_version', OFFERS_MAXIMUM);
    return productSpecificationsOf(
      offers.map((offer) => offer.document),
      hrefOf,
    );
  }
}
