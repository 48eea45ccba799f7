import { Injectable } from '@nestjs/common';
import type { ProductState, TopUpUnits, UnitsGranted } from '@ronghe/contracts';
import type { Instant } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { UnitGrants } from '../grant/unit-grants.service';
import type { PurseKey } from './purse.store';
import { findProducts, type ChargingAccount } from '../projection/account.store';
import { endAfterDays } from './top-up';

/** Gives the units that come with a top-up. */
@Injectable()
export class TopUpUnitGrants {
  constructor(private readonly grants: UnitGrants) {}

  /**
   * In the transaction of the top-up, so once for each payment; an account without products gets none.
   * @returns what was given, and the accounts that may use it, of which the top-up notes that credit came back
   */
  async give(
    tx: Tx,
    account: ChargingAccount,
    rules: readonly TopUpUnits[],
    paymentId: string,
  ): Promise<{ units: UnitsGranted[]; sharers: PurseKey[] }> {
    if (rules.length === 0) return nothing;
    const product = receiverOf(await findProducts(tx, [account]), tx.now);
    if (!product) return nothing;
    const units: UnitsGranted[] = [];
    const sharers: PurseKey[] = [];
    // At most a few: those of one threshold.
    for (const { code, label, usageClasses, unit, quantity, validDays, priority } of rules) {
      const request = {
        ...{ productId: product.productId, label, usageClasses, unit, quantity, priority },
        validTo: endAfterDays(tx.now, validDays, account.zone, null),
        reason: `top-up ${paymentId} ${code}`,
      };
      const given = await this.grants.grant(tx, request);
      units.push(given.units);
      sharers.push(...given.sharers);
    }
    return { units, sharers };
  }
}

const nothing = { units: [], sharers: [] };

/** The oldest active main card; without one, the oldest active product. */
function receiverOf(products: readonly ProductState[], now: Instant): ProductState | undefined {
  const active = products
    .filter((each) => each.effectiveFrom <= now && (each.effectiveTo === null || now < each.effectiveTo))
    .sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
  return active.find(({ role }) => role === 'main') ?? active[0];
}

function orderOf({ effectiveFrom, productId }: ProductState): string {
  return `${effectiveFrom} ${productId}`;
}
