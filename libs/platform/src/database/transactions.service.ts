import { Injectable } from '@nestjs/common';
import type { Instant } from '@ronghe/kernel';
import { DataSource, type QueryRunner } from 'typeorm';
import { BusinessClock } from '../clock/business-clock.service';
import { runOnce } from '../command/run-once';
import { writeOutbox } from '../feed/outbox';
import { DomainScope } from '../host/domain-scope';
import { AfterCommit } from '../host/after-commit.service';
import { fromDatabaseError, isRetryable } from './database-error';
import { BEGIN, COMMIT } from './prepared-statement.adapter';
import { Tx } from './tx';

const ATTEMPTS = 3;

/**
 * The beginning and the end of a transaction, for work that sends them with its own statements. What is sent before `begin`,
 * or behind `commit`, is not part of it.
 */
export interface TransactionEdges {
  begin(): Promise<void>;
  /** Only for a transaction that emits nothing; otherwise it is committed once the work has ended. */
  commit(): Promise<void>;
}

/** The domain's door to PostgreSQL: transactions that publish events and start jobs when they commit. */
@Injectable()
export class Transactions {
  constructor(
    private readonly scope: DomainScope,
    private readonly dataSource: DataSource,
    private readonly clock: BusinessClock,
    private readonly afterCommit: AfterCommit,
  ) {}

  /** Runs `work` in one transaction; a deadlock or serialization failure runs it again, three times at most. */
  run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.repeat(() => this.attempt(work));
  }

  /**
   * The same for work that sends the beginning itself, and the end where nothing is left to be done behind it.
   * @param now business time at which its caller looked at what it works on, a moment ago; of the first attempt only
   */
  runPiped<T>(work: (tx: Tx, edges: TransactionEdges) => Promise<T>, now?: Instant): Promise<T> {
    return this.repeat((attempt) => this.attemptPiped(work, attempt === 1 ? now : undefined));
  }

  private async repeat<T>(attemptOnce: (attempt: number) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await attemptOnce(attempt);
      } catch (error) {
        if (attempt < ATTEMPTS && isRetryable(error)) continue;
        throw fromDatabaseError(error);
      }
    }
  }

  /** Reads in one snapshot; writing fails. */
  async read<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    try {
      await runner.connect();
      await runner.query('begin isolation level repeatable read read only');
      try {
        return await work(this.newTx(runner));
      } finally {
        await runner.query('rollback');
      }
    } catch (error) {
      throw fromDatabaseError(error);
    } finally {
      await runner.release();
    }
  }

  /**
   * An idempotent command: `key` is scoped to (actor, operation). The same input again gets the stored
   * answer, success or refusal; while the first is still running, the second waits for it.
   * @throws DomainError `idempotency_key_reused` when the key came before with another input.
   */
  async once<T>(operation: string, key: string, input: unknown, work: (tx: Tx) => Promise<T>): Promise<T> {
    const outcome = await this.run((tx) => runOnce(tx, this.scope.name, { operation, key, input }, work));
    if (outcome.refusal) throw outcome.refusal;
    return outcome.answer as T;
  }

  private async attempt<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    const tx = this.newTx(runner);
    try {
      await runner.connect();
      await runner.startTransaction();
      const result = await work(tx);
      await writeOutbox(runner, this.scope.name, tx.emitted, tx.now);
      await runner.commitTransaction();
      this.afterCommit.announce(this.scope.name, tx);
      return result;
    } catch (error) {
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }

  private async attemptPiped<T>(
    work: (tx: Tx, edges: TransactionEdges) => Promise<T>,
    now: Instant | undefined,
  ): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    const tx = this.newTx(runner, now);
    let isCommitted = false;
    try {
      const client = await tx.client();
      const begin = async (): Promise<void> => {
        await client.query(BEGIN);
      };
      const commit = async (): Promise<void> => {
        const { command } = await client.query(COMMIT);
        // A transaction in which something failed ends with ROLLBACK, whatever is asked for.
        if (command !== 'COMMIT') throw new Error('the transaction was rolled back');
        isCommitted = true;
      };
      try {
        const result = await work(tx, { begin, commit });
        if (!isCommitted) {
          await writeOutbox(runner, this.scope.name, tx.emitted, tx.now);
          await commit();
        }
        this.afterCommit.announce(this.scope.name, tx);
        return result;
      } catch (error) {
        if (!isCommitted) await client.query('rollback').catch(() => undefined);
        throw error;
      }
    } finally {
      await runner.release();
    }
  }

  private newTx(runner: QueryRunner, now = this.clock.now()): Tx {
    return new Tx(this.scope.name, runner, now);
  }
}
