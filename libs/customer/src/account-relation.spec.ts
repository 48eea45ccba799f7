import fc from 'fast-check';
import type { AccountRelation } from '@ronghe/contracts';
import { instantFromIso, parseLocalDate, type DomainError } from '@ronghe/kernel';
import type { Account } from './account';
import { decideRelation, endRelation, type RelationRequest } from './account-relation';

const today = parseLocalDate('2026-07-10');

function account(accountId: string, part: Partial<Account> = {}): Account {
  return {
    accountId,
    customerId: 'c',
    balanceGroupId: `group of ${accountId}`,
    lane: 7,
    zone: 'Asia/Shanghai',
    billDay: 1,
    paymentMode: 'postpaid',
    openedAt: instantFromIso('2026-06-01T00:00:00+08:00'),
    ...part,
  };
}

const asked = (part: Partial<RelationRequest> = {}): RelationRequest => ({
  kind: 'sponsorship',
  ownerAccountId: 'owner',
  memberAccountId: 'member',
  percent: '60',
  cause: 'hired',
  ...part,
});

function decide(
  request: RelationRequest,
  known: readonly AccountRelation[] = [],
  part: Partial<Account> = {},
): AccountRelation {
  const accounts = { owner: account(request.ownerAccountId), member: account(request.memberAccountId, part) };
  return decideRelation(request, `${known.length}`, accounts, today, known);
}

function refusal(act: () => unknown): string {
  try {
    act();
    return 'allowed';
  } catch (error) {
    return (error as DomainError).code;
  }
}

describe('a relation of accounts', () => {
  it('takes the terms of its kind, and holds from today on', () => {
    expect(decide(asked({ limit: '100', chargeClasses: ['b', 'a', 'a'] }))).toMatchObject({
      lane: 7,
      terms: {
        kind: 'sponsorship',
        percent: '60',
        limit: '100.00',
        chargeClasses: ['a', 'b'],
        productIds: null,
        priority: 100,
      },
      effectiveFrom: '2026-07-10',
      effectiveTo: null,
    });
    expect(decide(asked({ kind: 'parent', memberPays: false })).terms).toEqual({
      kind: 'parent',
      memberPays: false,
    });
  });

  it.each([
    [{ percent: '0' }],
    [{ percent: '100.01' }],
    [{ percent: '-5' }],
    [{ limit: '0' }],
    [{ limit: '1.001' }],
    [{ chargeClasses: [] }],
    [{ kind: 'split' as const }],
    [{ kind: 'discount-sharing' as const }],
    [{ effectiveFrom: '2026-02-30' }],
    [{ effectiveTo: '2026-07-10' }],
    [{ memberAccountId: 'owner' }],
  ])('refuses %j', (part) => {
    expect(refusal(() => decide(asked(part)))).toBe('account_relation_invalid');
  });

  it.each([
    [{ billDay: 15 }, 'billing_group_cycle'],
    [{ zone: 'Europe/Berlin' }, 'billing_group_cycle'],
    [{ lane: 8 }, 'billing_group_lane'],
    [{ paymentMode: 'prepaid' as const }, 'account_prepaid'],
  ])('refuses a member with %j', (part, code) => {
    expect(refusal(() => decide(asked(), [], part))).toBe(code);
  });

  it('gives an account one parent at a time', () => {
    const parent = (owner: string, part: Partial<RelationRequest> = {}) =>
      asked({ kind: 'parent', ownerAccountId: owner, ...part });
    const first = decide(parent('a', { effectiveTo: '2026-08-01' }));
    expect(refusal(() => decide(parent('b'), [first]))).toBe('account_has_parent');
    expect(refusal(() => decide(parent('b', { effectiveFrom: '2026-08-01' }), [first]))).toBe('allowed');
    const second = decide(parent('b', { effectiveFrom: '2026-08-01' }), [first]);
    expect(refusal(() => endRelation(first, '2026-09-01', [first, second]))).toBe('account_has_parent');
    expect(endRelation(first, '2026-07-10', [first, second]).effectiveTo).toBe('2026-07-10');
    expect(refusal(() => endRelation(first, '2026-07-09', [first]))).toBe('account_relation_invalid');
  });

  it('never lets anybody come to pay for itself', () => {
    const edge = fc.record({
      ownerAccountId: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      memberAccountId: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      effectiveTo: fc.constantFrom(null, '2026-08-01'),
    });
    fc.assert(
      fc.property(fc.array(edge, { maxLength: 30 }), (edges) => {
        const known: AccountRelation[] = [];
        for (const part of edges) {
          try {
            known.push(decide(asked(part), known));
          } catch (error) {
            expect(['account_relation_invalid', 'account_relations_loop']).toContain(
              (error as DomainError).code,
            );
          }
        }
        for (const start of ['a', 'b', 'c', 'd', 'e']) expect(payersAbove(start, known)).not.toContain(start);
      }),
    );
  });
});

/** Everybody who pays for an account, directly or not. */
function payersAbove(accountId: string, relations: readonly AccountRelation[]): string[] {
  const found = new Set<string>();
  const visit = (id: string) => {
    for (const { ownerAccountId, memberAccountId } of relations) {
      if (memberAccountId !== id || found.has(ownerAccountId)) continue;
      found.add(ownerAccountId);
      visit(ownerAccountId);
    }
  };
  visit(accountId);
  return [...found];
}
