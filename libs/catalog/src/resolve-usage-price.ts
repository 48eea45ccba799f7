import type { UsageClass, UsagePrice, UsagePriceModel, UsageUnit } from '@ronghe/contracts';
import type { PricePer } from './authored-values';
import type { Located, ProblemList } from './authored-set';
import type { AuthoredTariff, AuthoredUsagePrice } from './offer-schema';

/** What each class of usage is priced and granted in. */
export const unitOfClass: Record<UsageClass, UsageUnit> = {
  voice: 'minute',
  sms: 'message',
  mms: 'message',
  data: 'kb',
  content: 'item',
};

const SECONDS_PER_MINUTE = 60;

/** The prices of a tariff as documents. A price with a problem is reported and left out. */
export function resolveTariff(tariff: Located<AuthoredTariff>, list: ProblemList): UsagePrice[] {
  return tariff.value.prices.flatMap((authored, index) => {
    const at: Located<AuthoredUsagePrice> = {
      value: authored,
      file: tariff.file,
      path: [...tariff.path, 'prices', index],
    };
    const increment = incrementOf(at, list);
    const model = modelOf(at, list);
    if (!increment || !model) return [];
    const price: UsagePrice = {
      code: authored.code,
      usageClass: authored.usage,
      chargeClass: authored.chargeClass,
      label: authored.label,
      taxClass: authored.taxClass,
      unit: unitOfClass[authored.usage],
      increment,
      model,
      connectFee: authored.connectFee ?? null,
      counter: authored.counter === 'card group' ? 'card-group' : 'product',
      cap: authored.stopAt === undefined ? null : { amount: authored.stopAt, action: 'stop' },
    };
    return [price];
  });
}

function incrementOf(at: Located<AuthoredUsagePrice>, list: ProblemList): UsagePrice['increment'] | null {
  const { counted, usage } = at.value;
  if (usage !== 'voice') {
    if (counted) list.add(at, ['counted'], 'only voice is counted in seconds');
    return { initial: 1, repeat: 1 };
  }
  if (!counted) {
    list.add(at, ['counted'], 'is missing: voice needs increments such as 60+60 s');
    return null;
  }
  if (counted.initial % SECONDS_PER_MINUTE !== 0 || counted.repeat % SECONDS_PER_MINUTE !== 0) {
    list.add(at, ['counted'], 'must be whole minutes, since allowances are in minutes');
    return null;
  }
  return counted;
}

function modelOf(at: Located<AuthoredUsagePrice>, list: ProblemList): UsagePriceModel | null {
  const { price, atMost, usage } = at.value;
  if (!suits(price, usage)) {
    list.add(at, ['price'], `${usage} is not priced by this unit`);
    return null;
  }
  if (price.per === 'event') {
    if (atMost) list.add(at, ['atMost'], 'does not go with a price per event');
    return { kind: 'flat', amount: price.amount };
  }
  const unitPrice = { amount: price.amount, per: price.per.units };
  if (!atMost) return { kind: 'per-unit', price: unitPrice };
  if (atMost.per === 'event' || !suits(atMost, usage)) {
    list.add(at, ['atMost'], `must be for a block of ${usage}, such as 5.00 per GB`);
    return null;
  }
  return {
    kind: 'repeating-step',
    price: unitPrice,
    blockUnits: atMost.per.units,
    blockMaximum: atMost.amount,
  };
}

function suits(price: PricePer, usage: UsageClass): boolean {
  return price.per === 'event' || price.per.unit === unitOfClass[usage];
}
