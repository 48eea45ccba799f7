import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Roles } from '@ronghe/platform';
import type { TaxExemption } from './tax-exemption';
import { EndTaxExemptionDto, TaxExemptionDto } from './tax-exemption.dto';
import { TaxExemptionService } from './tax-exemption.service';

/** Accounts that are free of tax. */
@Resolver('TaxExemption')
export class TaxExemptionResolver {
  constructor(private readonly exemptions: TaxExemptionService) {}

  @Roles('counter', 'billing', 'operations')
  @Query('taxExemptions')
  taxExemptions(@Args('accountId') accountId: string): Promise<TaxExemption[]> {
    return this.exemptions.ofAccount(accountId);
  }

  @Roles('billing')
  @Mutation('grantTaxExemption')
  grant(@Args('input') input: TaxExemptionDto, @Args('idempotencyKey') key: string): Promise<TaxExemption> {
    const { accountId, certificate, from } = input;
    return this.exemptions.grant({ accountId, certificate, from, to: input.to ?? null }, key);
  }

  @Roles('billing')
  @Mutation('endTaxExemption')
  end(@Args('input') input: EndTaxExemptionDto, @Args('idempotencyKey') key: string): Promise<TaxExemption> {
    return this.exemptions.end({ ...input }, key);
  }
}
