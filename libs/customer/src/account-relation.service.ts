import { Injectable } from '@nestjs/common';
import { localDateOf, newId } from '@ronghe/kernel';
import { Transactions, type Tx } from '@ronghe/platform';
import type { Account } from './account';
import { decideRelation, endRelation, type RelationRequest } from './account-relation';
import { AccountRelationStore, type StoredRelation } from './account-relation.store';
import { AccountStore } from './account.store';
import { customerErrors } from './customer.errors';
import { actorId } from './customer.service';

/** Ties accounts: sponsors, hierarchies, split bills, shared discounts. */
@Injectable()
export class AccountRelationService {
  constructor(
    private readonly transactions: Transactions,
    private readonly accounts: AccountStore,
    private readonly relations: AccountRelationStore,
  ) {}

  /** @throws DomainError `account_not_found`, and as decideRelation. */
  async relate(request: RelationRequest, idempotencyKey: string): Promise<{ relationId: string }> {
    return this.transactions.once('relateAccounts', idempotencyKey, request, async (tx) => {
      const found = await this.accounts.findMany(tx, [request.ownerAccountId, request.memberAccountId]);
      const owner = accountOf(found, request.ownerAccountId);
      const member = accountOf(found, request.memberAccountId);
      const known = await this.relations.lockLane(tx, owner.lane);
      const today = localDateOf(tx.now, owner.zone);
      const relation = decideRelation(request, newId(), { owner, member }, today, known);
      await this.write(tx, { ...relation, version: 1 }, request.cause);
      return { relationId: relation.relationId };
    });
  }

  /** @throws DomainError `account_relation_not_found`, and as endRelation. */
  async end(
    request: { relationId: string; effectiveTo: string; cause: string },
    idempotencyKey: string,
  ): Promise<{ relationId: string }> {
    return this.transactions.once('endAccountRelation', idempotencyKey, request, async (tx) => {
      const found = await this.relations.find(tx, request.relationId);
      if (!found) throw customerErrors.relationNotFound(request.relationId);
      const known = await this.relations.lockLane(tx, found.lane);
      const current = known.find(({ relationId }) => relationId === found.relationId) ?? found;
      const ended = endRelation(current, request.effectiveTo, known);
      await this.write(tx, { ...ended, version: current.version + 1 }, request.cause);
      return { relationId: found.relationId };
    });
  }

  /** Null when there is none. */
  async find(relationId: string): Promise<StoredRelation | null> {
    return this.transactions.read(async (tx) => (await this.relations.find(tx, relationId)) ?? null);
  }

  /** The relations of each account, as owner or member, oldest first. */
  async ofAccounts(accountIds: readonly string[]): Promise<StoredRelation[][]> {
    const found = await this.transactions.read((tx) => this.relations.findByAccounts(tx, accountIds));
    return accountIds.map((id) =>
      found.filter(({ ownerAccountId, memberAccountId }) => ownerAccountId === id || memberAccountId === id),
    );
  }

  private async write(tx: Tx, stored: StoredRelation, cause: string): Promise<void> {
    await this.relations.save(tx, stored, { by: actorId(), cause });
    const { version, ...relation } = stored;
    tx.emit('account-relation.changed.v1', {
      aggregateId: relation.relationId,
      lane: relation.lane,
      version,
      payload: relation,
    });
  }
}

function accountOf(accounts: readonly Account[], accountId: string): Account {
  const account = accounts.find((each) => each.accountId === accountId);
  if (!account) throw customerErrors.accountNotFound(accountId);
  return account;
}
