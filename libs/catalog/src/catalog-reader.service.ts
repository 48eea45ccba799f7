import { Injectable } from '@nestjs/common';
import { localDateOf, type LocalDate } from '@ronghe/kernel';
import { Transactions, type Tx } from '@ronghe/platform';
import { OPERATOR_ZONE } from './operator-zone';
import { VersionStore, type DocumentOf, type StoredVersion } from './version.store';

/** A day and a page of codes; without a day: today, by the business clock. */
export interface CodePage {
  on: LocalDate | null;
  afterCode: string | null;
  limit: number;
}

/** Reads what is live. */
@Injectable()
export class CatalogReader {
  constructor(
    private readonly transactions: Transactions,
    private readonly versions: VersionStore,
  ) {}

  /** Of each code the version in force on a day, by code. */
  async inForce<T extends keyof DocumentOf>(
    table: T,
    page: CodePage,
  ): Promise<StoredVersion<DocumentOf[T]>[]> {
    return this.transactions.read((tx) =>
      this.versions.findInForce(tx, table, page.on ?? today(tx), {
        afterCode: page.afterCode ?? '',
        limit: page.limit,
        orLatest: false,
      }),
    );
  }

  /** Of each code the version in force today or else the latest, by code; at most `limit`. */
  async current<T extends keyof DocumentOf>(
    table: T,
    limit: number,
  ): Promise<StoredVersion<DocumentOf[T]>[]> {
    return this.transactions.read((tx) =>
      this.versions.findInForce(tx, table, today(tx), { afterCode: '', limit, orLatest: true }),
    );
  }

  /** A version of an offer; without a version the one in force today or else the latest. Null when there is none. */
  async offer(
    code: string,
    version: number | null,
  ): Promise<StoredVersion<DocumentOf['offer_version']> | null> {
    return this.transactions.read((tx) =>
      version === null
        ? this.versions.findCurrent(tx, 'offer_version', code, today(tx))
        : this.versions.find(tx, 'offer_version', code, version),
    );
  }

  /** Offers in the order of the keys; null where there is none. */
  async offers(
    keys: readonly { code: string; version: number }[],
  ): Promise<(StoredVersion<DocumentOf['offer_version']> | null)[]> {
    const found = await this.transactions.read((tx) => this.versions.findMany(tx, 'offer_version', keys));
    const nameOf = ({ code, version }: { code: string; version: number }) => `${code}@${version}`;
    const byKey = new Map(found.map((stored) => [nameOf(stored.document), stored]));
    return keys.map((key) => byKey.get(nameOf(key)) ?? null);
  }
}

function today(tx: Tx): LocalDate {
  return localDateOf(tx.now, OPERATOR_ZONE);
}
