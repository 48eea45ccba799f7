import type { OfferDocument } from '@ronghe/contracts';
import { amountFromDecimal, amountToDecimal, type LocalDate } from '@ronghe/kernel';
import { debitedCharges, type DebitedFee } from './debited-fees';
import { recompute } from './explanation';
import type { Holding } from './holding';
import type { RecurringCharge } from './recurring-charges';

const holding = { productId: 'p', card: 'main', offeringCode: 'card', offeringVersion: 1 } as Holding;
const offers = () =>
  ({
    recurringPrices: [{ code: 'fee', chargeClass: 'plan fee', timing: 'advance' }],
  }) as unknown as OfferDocument;
const owed = { productId: 'p', priceCode: 'fee', netAmount: amountFromDecimal('8') } as RecurringCharge;
const fee = (amount: string): DebitedFee => ({
  productId: 'p',
  priceCode: 'fee',
  label: { en: 'Monthly fee', 'zh-CN': '月费' },
  taxClass: 'plan',
  amount: amountFromDecimal(amount),
});
const shown = (fees: DebitedFee[]) =>
  debitedCharges(fees, { owed: [owed], holdings: [holding], offers, firstDay: '2026-06-01' as LocalDate });

describe('a fee of a prepaid account is shown', () => {
  it('with its own explanation, where it was debited as it stands', () => {
    expect(shown([fee('8.00')])).toEqual([owed]);
  });

  it('as it was debited, where it costs another sum by now', () => {
    const [charge] = shown([fee('5.25')]);
    expect(charge).toMatchObject({
      chargeClass: 'plan fee',
      card: 'main',
      taxClass: 'plan',
      timing: 'advance',
    });
    expect(charge && amountToDecimal(charge.netAmount)).toBe('5.25');
    expect(charge && recompute(charge.netExplanation)).toBe('5.25');
  });

  it('not at all while it is unpaid, or was given back', () => {
    expect(shown([])).toEqual([]);
    expect(shown([fee('0')])).toEqual([]);
  });
});
