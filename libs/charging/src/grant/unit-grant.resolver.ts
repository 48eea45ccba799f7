import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { UnitsGranted, UsageClass, UsageUnit } from '@ronghe/contracts';
import { instantFromIso, type Instant } from '@ronghe/kernel';
import { Roles } from '@ronghe/platform';
import { GrantUnitsDto } from './unit-grant.dto';
import { UnitGrants } from './unit-grants.service';

/** Giving units on somebody's word. */
@Resolver()
export class UnitGrantResolver {
  constructor(private readonly grants: UnitGrants) {}

  @Roles('counter')
  @Mutation('grantUnits')
  grantUnits(
    @Args('input') input: GrantUnitsDto,
    @Args('idempotencyKey') idempotencyKey: string,
  ): Promise<UnitsGranted> {
    const { productId, isForProductOnly, quantity, priority, reason } = input;
    const request = {
      ...{ productId, quantity, reason },
      label: { en: input.labelEn, 'zh-CN': input.labelZhCN },
      usageClasses: input.usageClasses.map((usageClass) => usageClass.toLowerCase() as UsageClass),
      unit: input.unit.toLowerCase() as UsageUnit,
      isForProductOnly: isForProductOnly ?? false,
      validFrom: instantOf(input.validFrom),
      validTo: instantOf(input.validTo),
      priority: priority ?? null,
    };
    return this.grants.give(request, idempotencyKey);
  }
}

function instantOf(text: string | null | undefined): Instant | null {
  return text ? instantFromIso(text) : null;
}
