import { Injectable } from '@nestjs/common';
import type { OfferDocument, PolicyDocument } from '@ronghe/contracts';
import { instantFromDate, type Instant, type LocalDate } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { LiveVersion, VersionedDocument } from './publication';

/** Which table holds which documents. */
export interface DocumentOf {
  offer_version: OfferDocument;
  policy_version: PolicyDocument;
}
type Table = keyof DocumentOf;

/** A live version with its document. */
export interface StoredVersion<D extends VersionedDocument> {
  document: D;
  publishedAt: Instant;
  /** The version of the code's events. */
  sequence: number;
}

interface LiveRow<D> {
  document: D;
  content_hash: string;
}

interface DocumentRow<D> {
  document: D;
  recorded_at: Date;
  sequence: number;
}

/** Who wrote, in which application of documents. */
export interface Writing {
  application: number;
  by: string;
}

/** Versions of offers and policies; rows are only added. */
@Injectable()
export class VersionStore {
  /** Every live version. */
  async findLive<T extends Table>(tx: Tx, table: T): Promise<LiveVersion<DocumentOf[T]>[]> {
    const rows = await tx.query<LiveRow<DocumentOf[T]>>(
      `select document, content_hash from catalog.${table} where superseded_at is null`,
    );
    return rows.map((row) => ({ document: row.document, contentHash: row.content_hash }));
  }

  /** Writes versions; a live row of the same version is superseded. Returns them, each code's in its order. */
  async publish<T extends Table>(
    tx: Tx,
    table: T,
    versions: readonly LiveVersion<DocumentOf[T]>[],
    writing: Writing,
  ): Promise<StoredVersion<DocumentOf[T]>[]> {
    if (versions.length === 0) return [];
    const documents = versions.map(({ document }) => document);
    const keys = [documents.map(({ code }) => code), documents.map(({ version }) => version)];
    await tx.execute(
      `update catalog.${table} as row set superseded_at = $3
       from unnest($1::text[], $2::integer[]) as again (code, version)
       where row.code = again.code and row.version = again.version and row.superseded_at is null`,
      [...keys, tx.now],
    );
    const rows = await tx.query<DocumentRow<DocumentOf[T]>>(insertSql(table), [
      ...keys,
      documents.map((document) => JSON.stringify(document)),
      versions.map(({ contentHash }) => contentHash),
      documents.map(({ effectiveFrom }) => effectiveFrom),
      documents.map(({ effectiveTo }) => effectiveTo),
      tx.now,
      writing.by,
      writing.application,
    ]);
    return rows.map(fromRow).sort((a, b) => a.sequence - b.sequence);
  }

  /** One live version; null when it was never published. */
  async find<T extends Table>(
    tx: Tx,
    table: T,
    code: string,
    version: number,
  ): Promise<StoredVersion<DocumentOf[T]> | null> {
    const [row] = await tx.query<DocumentRow<DocumentOf[T]>>(
      `select document, recorded_at, sequence from catalog.${table}
       where code = $1 and version = $2 and superseded_at is null`,
      [code, version],
    );
    return row ? fromRow(row) : null;
  }

  /**
   * Of each code after `afterCode` the version in force on a day, by code; at most `limit`.
   * @param orLatest where none is in force, the latest one.
   */
  async findInForce<T extends Table>(
    tx: Tx,
    table: T,
    on: LocalDate,
    page: { afterCode: string; limit: number; orLatest: boolean },
  ): Promise<StoredVersion<DocumentOf[T]>[]> {
    const rows = await tx.query<DocumentRow<DocumentOf[T]>>(
      `select distinct on (code) document, recorded_at, sequence from catalog.${table}
       where superseded_at is null and code > $2 and ($4 or ${IN_FORCE})
       order by code, (${IN_FORCE}) desc, version desc limit $3`,
      [on, page.afterCode, page.limit, page.orLatest],
    );
    return rows.map(fromRow);
  }

  /** Of one code the version in force on a day, or else the latest; null when there is none. */
  async findCurrent<T extends Table>(
    tx: Tx,
    table: T,
    code: string,
    on: LocalDate,
  ): Promise<StoredVersion<DocumentOf[T]> | null> {
    const [row] = await tx.query<DocumentRow<DocumentOf[T]>>(
      `select document, recorded_at, sequence from catalog.${table}
       where superseded_at is null and code = $2 order by (${IN_FORCE}) desc, version desc limit 1`,
      [on, code],
    );
    return row ? fromRow(row) : null;
  }

  /** Versions by (code, version), in any order; unknown ones are left out. */
  async findMany<T extends Table>(
    tx: Tx,
    table: T,
    keys: readonly { code: string; version: number }[],
  ): Promise<StoredVersion<DocumentOf[T]>[]> {
    const rows = await tx.query<DocumentRow<DocumentOf[T]>>(
      `select document, recorded_at, sequence from catalog.${table}
       join unnest($1::text[], $2::integer[]) as wanted (code, version) using (code, version)
       where superseded_at is null`,
      [keys.map((key) => key.code), keys.map((key) => key.version)],
    );
    return rows.map(fromRow);
  }
}

function insertSql(table: Table): string {
  return `
insert into catalog.${table} (code, sequence, version, document, content_hash, effective_from, effective_to,
  recorded_at, recorded_by, application)
select code,
  coalesce((select max(sequence) from catalog.${table} before where before.code = added.code), 0)
    + row_number() over (partition by code order by version),
  version, document::jsonb, content_hash, effective_from, effective_to, $7, $8, $9
from unnest($1::text[], $2::integer[], $3::text[], $4::text[], $5::date[], $6::date[])
  as added (code, version, document, content_hash, effective_from, effective_to)
returning document, recorded_at, sequence`;
}

const IN_FORCE = 'effective_from <= $1::date and (effective_to is null or $1::date < effective_to)';

function fromRow<D extends VersionedDocument>(row: DocumentRow<D>): StoredVersion<D> {
  return { document: row.document, publishedAt: instantFromDate(row.recorded_at), sequence: row.sequence };
}
