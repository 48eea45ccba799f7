import type { NoticeRules } from '@ronghe/contracts';
import { amountToDecimal, subtractAmounts, type Amount } from '@ronghe/kernel';
import type { ShareUseChange } from '../money-sharing/money-sharing';
import type { Notice } from './notice';

const label = { en: 'Money of another account', 'zh-CN': '共享余额' };

/** Whether anything passed a whole percent of its cap, so that it is worth reading the rules. */
export function passesPercentOfCap(uses: readonly ShareUseChange[]): boolean {
  return uses.some(
    ({ sharing: { cap }, before, after }) =>
      cap !== null && cap > 0n && percentOf(before, cap) < percentOf(after.used, cap),
  );
}

/** What is to be said of a cap on another account's money: each percent once a period, to the member and to the owner. */
export function sharedMoneyNotices(uses: readonly ShareUseChange[], rules: NoticeRules): Notice[] {
  return uses.flatMap(({ sharing, before, after }) => {
    const { cap, lane, sharingId } = sharing;
    if (cap === null || cap <= 0n) return [];
    const passed = rules.usedPercents.filter(
      (percent) => percentOf(before, cap) < BigInt(percent) && BigInt(percent) <= percentOf(after.used, cap),
    );
    return passed.flatMap((percent) =>
      [sharing.memberAccountId, sharing.ownerAccountId].map((accountId): Notice => {
        return {
          ...{ lane, accountId, kind: 'allowance-used', threshold: String(percent) },
          subject: `${sharingId}/${after.period}`,
          ...{ productId: null, cardGroupId: null, period: after.period, label, unit: 'yuan' },
          remaining: amountToDecimal(subtractAmounts(cap, after.used)),
        };
      }),
    );
  });
}

function percentOf(used: Amount, cap: Amount): bigint {
  return (used * 100n) / cap;
}
