import { Injectable } from '@nestjs/common';
import { DataSource, type QueryRunner } from 'typeorm';
import { BusinessClock } from '../clock/business-clock.service';
import { runOnce } from '../command/run-once';
import { writeOutbox } from '../feed/outbox';
import { DomainScope } from '../host/domain-scope';
import { AfterCommit } from '../host/after-commit.service';
import { fromDatabaseError, isRetryable } from './database-error';
import { Tx } from './tx';

const ATTEMPTS = 3;

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
  async run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.attempt(work);
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

  private newTx(runner: QueryRunner): Tx {
    return new Tx(this.scope.name, runner, this.clock.now());
  }
}
