import type { LocalizedText } from '@ronghe/contracts';
import { moneyFromMinor, moneyToDecimal, zeroMoney, type Money } from '@ronghe/kernel';
import { ExplanationBuilder, type Explanation } from '@ronghe/rating';
import type { RelationOf } from './relation-days';

/** What a sponsor pays of a member's charges, and how that came about. */
export interface SponsoredTotal {
  relation: RelationOf<'sponsorship'>;
  /** Days of the period on which the relation held, of so many. */
  days: number;
  ofDays: number;
  /** What the member is charged for what is sponsored. */
  base: Money;
  /** What sponsors before left of it. */
  left: Money;
}

/** So many percent of the charges, by days, at most the limit and what is left. */
export function explainSponsored({ relation, days, ofDays, base, left }: SponsoredTotal): Explanation {
  const { percent, limit } = relation.terms;
  const builder = new ExplanationBuilder();
  const { ownerAccountId: owner, memberAccountId: member } = relation;
  const [total, rest] = [moneyToDecimal(base), moneyToDecimal(left)];
  builder.add('percent', { amount: total, percent }, (result) => ({
    en: `account ${owner} pays for account ${member}: ${percent} % of ${total} = ${result}`,
    'zh-CN': `账户 ${owner} 为账户 ${member} 代付：${total} 的 ${percent}% = ${result}`,
  }));
  if (days < ofDays) {
    const inputs = { price: builder.last(), days: String(days), ofDays: String(ofDays) };
    builder.add('prorate', inputs, (result) => ({
      en: `on ${days} of ${ofDays} days: ${result}`,
      'zh-CN': `按 ${ofDays} 天中的 ${days} 天计：${result}`,
    }));
  }
  for (const [maximum, name] of [
    [limit, { en: 'limit', 'zh-CN': '代付限额' }],
    [rest === total ? null : rest, { en: 'what other sponsors left', 'zh-CN': '其他代付后余额' }],
  ] as const) {
    if (maximum === null) continue;
    builder.add('cap', { amount: builder.last(), maximum }, (result) => ({
      en: `at most ${maximum}, ${name.en}: ${result}`,
      'zh-CN': `不超过${name['zh-CN']} ${maximum}：${result}`,
    }));
  }
  builder.add('round', { amount: builder.last() }, (result) => ({
    en: `rounded ${result}`,
    'zh-CN': `四舍五入 ${result}`,
  }));
  return builder.build();
}

/** A line's share of what is sponsored; the member's has the opposite sign of the sponsor's. */
export function explainTransfer(
  total: Explanation,
  share: { amount: Money; sponsored: Money; part: Money; of: Money },
  direction: 'in' | 'out',
): Explanation {
  const builder = new ExplanationBuilder();
  let amount = builder.append(total);
  if (share.part !== share.of) {
    const [part, of] = [moneyToDecimal(share.part), moneyToDecimal(share.of)];
    const rest = moneyFromMinor(share.amount - (share.sponsored * share.part) / share.of);
    const inputs = { total: amount, part, of };
    amount = builder.add(
      'share',
      rest === zeroMoney ? inputs : { ...inputs, rest: moneyToDecimal(rest) },
      (result) => ({
        en: `its share by ${part} of ${of}: ${result}`,
        'zh-CN': `按 ${of} 中的 ${part} 分摊：${result}`,
      }),
    );
  }
  if (direction === 'out') {
    builder.add('subtract-money', { from: '0.00', amount }, (result) => ({
      en: `leaves this account: ${result}`,
      'zh-CN': `从本账户转出：${result}`,
    }));
  }
  return builder.build();
}

/** The line's name on either side. */
export function transferLabel(label: LocalizedText, direction: 'in' | 'out'): LocalizedText {
  return direction === 'out'
    ? { en: `${label.en}, paid by a sponsor`, 'zh-CN': `${label['zh-CN']}（他人代付）` }
    : { en: `${label.en}, paid for another account`, 'zh-CN': `${label['zh-CN']}（为他人代付）` };
}
