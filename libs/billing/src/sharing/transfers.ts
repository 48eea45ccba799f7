import type { AccountRelation } from '@ronghe/contracts';
import {
  allocate,
  moneyFromDecimal,
  moneyFromMinor,
  moneyToAmount,
  negateMoney,
  subtractMoney,
  sumMoney,
  zeroMoney,
  type Amount,
  type BillPeriod,
  type Money,
} from '@ronghe/kernel';
import type { Explanation } from '@ronghe/rating';
import type { ChargeLine } from '../bill/charge-line';
import { covers, daysInForce, isInForce, relationsOf, type RelationOf } from './relation-days';
import { explainSponsored, explainTransfer, transferLabel } from './transfer-words';

/** Charge class of lines by which a sponsor pays for a member. */
export const SPONSORED = 'sponsored';

/** A line that leaves one account's bill or comes on another's. */
export interface Transfer {
  accountId: string;
  line: ChargeLine;
}

/** What sponsors pay of charges of a service period. `chargesOf` says what an account is charged there. */
export function transfersOf(
  relations: readonly AccountRelation[],
  period: BillPeriod,
  chargesOf: (accountId: string) => readonly ChargeLine[],
): Transfer[] {
  const left = new Map<ChargeLine, Money>();
  return sponsorships(relations).flatMap((relation) => {
    const days = daysInForce(relation, period);
    const lines = days === 0 ? [] : sponsoredLines(relation, chargesOf(relation.memberAccountId), left);
    return transfer({ relation, days, ofDays: period.days, lines }, left);
  });
}

/**
 * What sponsors pay of one-time charges: only of classes that the relation names, by its terms on the day of the
 * charge, and of a relation with a limit nothing, for that counts charges of periods.
 */
export function transfersOfOnce(
  relations: readonly AccountRelation[],
  chargesOf: (accountId: string) => readonly ChargeLine[],
): Transfer[] {
  const left = new Map<ChargeLine, Money>();
  return sponsorships(relations).flatMap((relation) => {
    if (relation.terms.chargeClasses === null || relation.terms.limit !== null) return [];
    const lines = sponsoredLines(relation, chargesOf(relation.memberAccountId), left);
    return lines
      .filter(({ serviceDate }) => isInForce(relation, serviceDate))
      .flatMap((line) => transfer({ relation, days: 1, ofDays: 1, lines: [line] }, left));
  });
}

function sponsorships(relations: readonly AccountRelation[]): RelationOf<'sponsorship'>[] {
  return relationsOf('sponsorship', relations).sort((a, b) => a.terms.priority - b.terms.priority);
}

function sponsoredLines(
  { terms }: RelationOf<'sponsorship'>,
  lines: readonly ChargeLine[],
  left: ReadonlyMap<ChargeLine, Money>,
): ChargeLine[] {
  return lines.filter((line) => covers(terms, line) && (left.get(line) ?? line.net) > zeroMoney);
}

interface Sponsored {
  relation: RelationOf<'sponsorship'>;
  days: number;
  ofDays: number;
  lines: ChargeLine[];
}

/** Spreads what the sponsor pays over the lines by largest remainder: what goes out comes in, to the fen. */
function transfer({ relation, days, ofDays, lines }: Sponsored, left: Map<ChargeLine, Money>): Transfer[] {
  if (lines.length === 0) return [];
  const parts = lines.map((line) => left.get(line) ?? line.net);
  const of = sumMoney(parts);
  const base = sumMoney(lines.map(({ net }) => net));
  const total = explainSponsored({ relation, days, ofDays, base, left: of });
  const sponsored = moneyFromDecimal(total.result);
  const shares = allocate(sponsored, parts).map(moneyFromMinor);
  return lines.flatMap((line, index) => {
    const [amount, part] = [shares[index] ?? zeroMoney, parts[index] ?? zeroMoney];
    if (amount === zeroMoney) return [];
    left.set(line, subtractMoney(part, amount));
    const share = { amount, sponsored, part, of };
    return bothSides(relation, line, (direction) => ({
      net: direction === 'in' ? amount : negateMoney(amount),
      explanation: explainTransfer(total, share, direction),
    }));
  });
}

function bothSides(
  { relationId, ownerAccountId, memberAccountId }: RelationOf<'sponsorship'>,
  line: ChargeLine,
  of: (direction: 'in' | 'out') => { net: Money; explanation: Explanation },
): Transfer[] {
  const sides = [
    { direction: 'out', accountId: memberAccountId, otherAccountId: ownerAccountId },
    { direction: 'in', accountId: ownerAccountId, otherAccountId: memberAccountId },
  ] as const;
  return sides.map(({ direction, accountId, otherAccountId }) => {
    const { net, explanation } = of(direction);
    return {
      accountId,
      line: {
        ...line,
        key: `${direction}/${relationId}/${line.key}`,
        chargeClass: SPONSORED,
        chargeCode: SPONSORED,
        label: transferLabel(line.label, direction),
        amount: net,
        discount: zeroMoney,
        net,
        discounts: [],
        exact: moneyToAmount(net),
        exactUsage: 0n as Amount,
        exactSettled: 0n as Amount,
        references: [{ kind: 'transfer', direction, relationId, accountId: otherAccountId }],
        explanation,
      },
    };
  });
}
