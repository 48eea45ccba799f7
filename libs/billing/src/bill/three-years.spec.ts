import type { ProductState } from '@ronghe/contracts';
import { billPeriodOf, moneyToDecimal, nextBillPeriod, type BillCycle } from '@ronghe/kernel';
import { addToBilled } from '../../test/billed';
import { offers, policies } from '../../test/documents';
import { familyOf } from '../../test/golden-family';
import type { BilledCharge } from './charge-line';
import { draftBill } from './draft-bill';
import { lookupIn } from './offer-lookup';

/** R9 of SEMANTICS §11 for what bills charge: 36 months, three zones, every bill day that a short month moves. */
const MONTHS = 36;
const ZONES = ['Asia/Shanghai', 'Europe/Berlin', 'America/New_York'];
const cycles = ZONES.flatMap((zone) => [1, 28, 29, 30, 31].map((billDay): BillCycle => ({ zone, billDay })));
const family = familyOf(1);

it.each(cycles)('charges each month once, in arrears and in advance: $billDay, $zone', (cycle) => {
  const first = billPeriodOf('2026-01', cycle);
  const held = ['plan', 'advance'].map((offeringCode, at): ProductState => {
    const product = family.products[at];
    if (!product) throw new Error('the family has too few products');
    return {
      ...product,
      ...{ offeringCode, role: 'alone', card: offeringCode, cardGroupId: product.productId },
      ...{ bundleId: null, bundleOfferingCode: null, bundleOfferingVersion: null, effectiveFrom: first.from },
    };
  });
  let billed: BilledCharge[] = [];
  const keys: string[] = [];
  const fees: string[] = [];
  for (let period = first; keys.length < MONTHS; period = nextBillPeriod(period, cycle)) {
    const following = nextBillPeriod(period, cycle).key;
    const draft = draftBill({
      ...{ accountId: family.account.accountId, paymentMode: 'postpaid', cycle, period, reopened: [] },
      ...{ holdings: held, offers: lookupIn(offers), hasAdvanceFees: true, policies, usageTotals: new Map() },
      billed: billed.filter(({ servicePeriod }) => [period.key, following].includes(servicePeriod)),
      oneTimeCharges: [],
    });
    const lines = draft?.lines ?? [];
    fees.push(
      ...lines.map(
        ({ servicePeriod, chargeClass, net }) => `${servicePeriod} ${chargeClass} ${moneyToDecimal(net)}`,
      ),
    );
    billed = addToBilled(billed, lines);
    keys.push(period.key);
  }
  const ahead = nextBillPeriod(billPeriodOf(keys.at(-1) ?? '', cycle), cycle).key;
  const inArrears = keys.map((key) => `${key} plan fee 199.00`);
  const inAdvance = [...keys, ahead].map((key) => `${key} cloud fee 30.00`);
  expect(fees.sort()).toEqual([...inArrears, ...inAdvance].sort());
  expect(keys.at(-1)).toBe('2028-12');
});
