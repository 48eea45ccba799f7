import type { ChargeModel } from '@ronghe/rating';
import type { Fields } from './fields';
import { NotApplicable } from './outcome';

/** The engine's model of a vector's tariff. Throws NotApplicable for a model that it does not have. */
export function chargeModelOf(model: string, tariff: Fields): ChargeModel {
  switch (model) {
    case 'flat':
      return { kind: 'flat', amount: tariff.text('flatPrice') };
    case 'unit':
      return { kind: 'unit', unitPrice: tariff.text('unitPrice') };
    case 'package':
      return {
        kind: 'package',
        size: tariff.text('packageSize'),
        price: tariff.text('packagePrice'),
        freeUnits: tariff.textOr('freeUnits') ?? '0',
        rounding: tariff.has('rounding') ? tariff.oneOf('rounding', ['up', 'down']) : 'up',
      };
    case 'graduated':
      return {
        kind: 'graduated',
        tiers: tiersOf(tariff, (tier) => ({
          unitPrice: tier.textOr('unitPrice') ?? '0',
          capPrice: tier.textOr('capPrice'),
        })),
      };
    case 'volume':
      return {
        kind: 'volume',
        // A tier begins where the one before ends: `from` says it twice.
        tiers: tiersOf(tariff, (tier) => ({ unitPrice: tier.skip('from').textOr('unitPrice') ?? '0' })),
      };
    case 'graduated_percentage':
      return {
        kind: 'graduated-percentage',
        tiers: tiersOf(tariff, (tier) => ({ ratePercent: tier.textOr('ratePercent') ?? '0' })),
      };
    case 'dynamic':
      return { kind: 'dynamic', multiplier: tariff.textOr('multiplier') ?? '1' };
    default:
      throw new NotApplicable(`model ${model} is not known`);
  }
}

function tiersOf<T>(
  tariff: Fields,
  rest: (tier: Fields) => T,
): (T & { upTo: string | null; flatPrice: string })[] {
  return tariff.objects('tiers').map((tier) => {
    const compiled = {
      upTo: tier.textOr('upTo'),
      flatPrice: tier.textOr('flatPrice') ?? '0',
      ...rest(tier),
    };
    tier.finish();
    return compiled;
  });
}
