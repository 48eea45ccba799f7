import { Injectable } from '@nestjs/common';
import type { AccountRelation, AccountRelationTerms } from '@ronghe/contracts';
import { isId, type LocalDate } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';

interface RelationRow {
  relation_id: string;
  version: number;
  lane: number;
  owner_account_id: string;
  member_account_id: string;
  terms: AccountRelationTerms;
  effective_from: LocalDate;
  effective_to: LocalDate | null;
}

/** A relation with how often it was changed. */
export type StoredRelation = AccountRelation & { version: number };

const SELECT = `
select relation_id, version, lane, owner_account_id, member_account_id, terms,
       effective_from::text as effective_from, effective_to::text as effective_to
from customer.account_relation where superseded_at is null`;

/** Relations of accounts, append-only. */
@Injectable()
export class AccountRelationStore {
  /** The relations of a lane as they are known now; nobody else changes one until the transaction ends. */
  async lockLane(tx: Tx, lane: number): Promise<StoredRelation[]> {
    await tx.execute(`insert into customer.relation_lane (lane) values ($1) on conflict do nothing`, [lane]);
    await tx.query(`select lane from customer.relation_lane where lane = $1 for update`, [lane]);
    return (await tx.query<RelationRow>(`${SELECT} and lane = $1 order by relation_id`, [lane])).map(fromRow);
  }

  /** Undefined when there is none. */
  async find(tx: Tx, relationId: string): Promise<StoredRelation | undefined> {
    if (!isId(relationId)) return undefined;
    return (await tx.query<RelationRow>(`${SELECT} and relation_id = $1`, [relationId])).map(fromRow)[0];
  }

  /** Every relation of some accounts, as owner or member, oldest first. */
  async findByAccounts(tx: Tx, accountIds: readonly string[]): Promise<StoredRelation[]> {
    const rows = await tx.query<RelationRow>(
      `${SELECT} and (owner_account_id = any($1) or member_account_id = any($1)) order by relation_id`,
      [accountIds.filter(isId)],
    );
    return rows.map(fromRow);
  }

  /** Writes a relation as it is now; the row that said otherwise gets the time until which it was believed. */
  async save(tx: Tx, relation: StoredRelation, recording: { by: string; cause: string }): Promise<void> {
    const { relationId, version, lane, ownerAccountId, memberAccountId, terms } = relation;
    await tx.execute(
      `update customer.account_relation set superseded_at = $2 where relation_id = $1 and superseded_at is null`,
      [relationId, tx.now],
    );
    await tx.execute(
      `insert into customer.account_relation
         (relation_id, version, lane, owner_account_id, member_account_id, kind, terms, effective_from, effective_to,
          recorded_at, recorded_by, cause)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        relationId,
        version,
        lane,
        ownerAccountId,
        memberAccountId,
        terms.kind,
        JSON.stringify(terms),
        relation.effectiveFrom,
        relation.effectiveTo,
        tx.now,
        recording.by,
        recording.cause,
      ],
    );
  }
}

function fromRow(row: RelationRow): StoredRelation {
  return {
    relationId: row.relation_id,
    version: row.version,
    lane: row.lane,
    ownerAccountId: row.owner_account_id,
    memberAccountId: row.member_account_id,
    terms: row.terms,
    effectiveFrom: row.effective_from,
    effectiveTo: row.effective_to,
  };
}
