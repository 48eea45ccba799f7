import { Injectable } from '@nestjs/common';
import type { ProductState } from '@ronghe/contracts';
import { BusinessClock, inRounds, Transactions } from '@ronghe/platform';
import { groupPeriodId } from '../balance/group-period';
import { holderAt } from '../usage/guide';
import { planOnceByKeys } from '../plan-by-keys.store';
import { allEnded } from './all-ended';
import { distinct, placeOf } from './batch-places';
import { readFirstComers, type FirstComer } from './first-comer.store';
import { knowGroups } from './group-lock.store';
import { findHolders, knownHolders, nextReading, type KnownHolders } from './holder-read.store';
import type { OnlineAccount, OnlineHolder } from './online-account';
import { SessionBooks } from './session-books.service';
import { SessionMemory } from './session-memory.service';

/** Creates whose numbers are read together. */
const TOGETHER = 256;
/** Readings at once: who comes while one is under way need not wait for its end. */
const READINGS_LIMIT = 2;
/** Beyond so many that wait, a create goes on unread: its batch reads, or refuses it. */
const WAITING_LIMIT = 10_000;

interface Waiting {
  keys: readonly string[];
  resolve(): void;
}

/**
 * Reads who comes for the first time, or was forgotten, before his create joins a batch, so that nearly all of what batches decide on is remembered
 * and none of them waits for the reading of others. Nothing is locked: the batch compares, under its locks, what was read.
 */
@Injectable()
export class FirstComers {
  private waiting: Waiting[] = [];
  private readings = 0;

  constructor(
    private readonly transactions: Transactions,
    private readonly books: SessionBooks,
    private readonly memory: SessionMemory,
    private readonly clock: BusinessClock,
  ) {}

  /** Until the numbers and who holds them are remembered, or cannot be read; null where they are. It never rejects. */
  known(keys: readonly string[]): Promise<void> | null {
    if (this.isKnown(keys) || this.waiting.length >= WAITING_LIMIT || !this.memory.keepsAnything) return null;
    return new Promise((resolve) => {
      this.waiting.push({ keys, resolve });
      if (this.readings >= READINGS_LIMIT) return;
      this.readings += 1;
      setImmediate(() => void this.readAll());
    });
  }

  /** Whether it is remembered who ever held the numbers, and all of him who holds them now: card groups are kept for fewer. */
  private isKnown(keys: readonly string[]): boolean {
    const holders: OnlineHolder[] = [];
    for (const key of keys) {
      const known = this.memory.holders.peek(key);
      if (!known) return false;
      holders.push(...known.holders);
    }
    const now = this.clock.now();
    const holder = holderAt(holders, now);
    if (!holder) return true;
    const account = this.memory.accounts.peek(holder.accountId)?.account;
    return (
      account !== undefined &&
      this.books.find(account) !== undefined &&
      this.memory.groups.peek(groupPeriodId(placeOf(holder, now))) !== undefined
    );
  }

  private async readAll(): Promise<void> {
    while (this.waiting.length > 0) {
      const together = this.waiting.splice(0, TOGETHER);
      const numbers = [...new Set(together.flatMap(({ keys }) => keys))];
      const ended = (): void => {
        for (const { resolve } of together) resolve();
      };
      // What cannot be read is read again by their batch, which says what is wrong.
      await this.read(numbers, ended).catch(ended);
    }
    this.readings -= 1;
  }

  /** @param ended called once all is remembered */
  private async read(numbers: readonly string[], ended: () => void): Promise<void> {
    const left = await this.readPlain(numbers);
    if (left.length === 0) ended();
    else await this.readOthers(left, ended);
  }

  /** Numbers of accounts that share nothing, in one round and one snapshot; those that are left, which are other ones. */
  private async readPlain(numbers: readonly string[]): Promise<readonly string[]> {
    // What was published has to be asked for now and then.
    if (!this.books.isFresh()) return numbers;
    const { stamp } = this.books;
    const [found, now] = await this.transactions.runPiped((tx, edges) =>
      inRounds(tx, async () => {
        const asked = [
          edges.begin(),
          planOnceByKeys(tx),
          readFirstComers(tx, numbers),
          edges.commit(),
        ] as const;
        const [, , read] = await allEnded(asked);
        return [read, tx.now] as const;
      }),
    );
    const accounts = new Map<string, { account: OnlineAccount; products: readonly ProductState[] }>();
    for (const { holder, products } of [...found.values()].flat())
      if (!this.books.find(holder.account))
        accounts.set(holder.accountId, { account: holder.account, products });
    const reading = { reading: nextReading(), from: now };
    this.books.keepPlain([...accounts.values()], stamp);
    return numbers.filter((number) => {
      const comers = found.get(number);
      if (!comers?.every(({ holder }) => this.books.find(holder.account))) return true;
      this.remember(number, comers, reading);
      return false;
    });
  }

  private remember(
    number: string,
    comers: readonly FirstComer[],
    reading: Pick<KnownHolders, 'reading' | 'from'>,
  ): void {
    const { accounts, groups, holders } = this.memory;
    for (const { holder, account, group } of comers) {
      accounts.keep(holder.accountId, account);
      const id = group && groupPeriodId(group.group);
      // A batch that has read it meanwhile knows more.
      if (id && !groups.peek(id)) groups.keep(id, group);
    }
    // Nobody of them shares: nothing begins or ends by itself.
    holders.keep(number, knownHolders(comers, { ...reading, until: null }));
  }

  /** Numbers of those who share, or whose offers were not asked for yet. @param ended nobody waits for the commit of what only reads */
  private readOthers(numbers: readonly string[], ended: () => void): Promise<void> {
    return this.transactions.runPiped((tx, edges) =>
      inRounds(tx, async () => {
        const asked = [edges.begin(), planOnceByKeys(tx), findHolders(tx, numbers, this.memory)] as const;
        const [, , holders] = await allEnded(asked);
        const accounts = new Map(holders.map(({ account }) => [account.accountId, account]));
        const places = distinct(holders.map((holder) => placeOf(holder, tx.now)));
        await allEnded([
          this.books.open(tx, [...accounts.values()]),
          knowGroups(tx, places, this.memory.groups),
        ]);
        ended();
      }),
    );
  }
}
