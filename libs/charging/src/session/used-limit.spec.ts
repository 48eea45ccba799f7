import { amountFromMicro } from '@ronghe/kernel';
import { ChargingRefusal } from './charging-refusal';
import { refuseTooDear, refuseTooMuch } from './used-limit';

const most = 2n ** 63n - 1n;

it('refuses what costs more than a column of amounts holds, and nothing less', () => {
  for (const amount of [0n, most, -most]) refuseTooDear(amountFromMicro(amount));
  for (const amount of [most + 1n, -most - 1n])
    expect(() => refuseTooDear(amountFromMicro(amount))).toThrow(ChargingRefusal);
});

it('refuses a total that no session can have', () => {
  refuseTooMuch('voice', 999_999_999n);
  expect(() => refuseTooMuch('voice', 1_000_000_000n)).toThrow(ChargingRefusal);
});
