import { Query, type Connection, type PoolClient, type QueryConfig, type Submittable } from 'pg';
import { BEGIN, COMMIT, keepRounds, type AnyRounds, type Statement } from './prepared-statement.adapter';
import { ProtocolWriter } from './protocol-writer';
import { PreparedInRound, type Remembering, type RoundStatement } from './round-statement.adapter';
import type { Tx } from './tx';

/** What the `pg` client calls on a query that it has sent; its types show only how one is sent. */
interface ClientQuery extends Submittable, Omit<RoundStatement, 'submit'> {
  _result?: { _types?: unknown };
  submit(connection: Connection): Error | null;
}

type Settle = (error: Error | undefined, result: unknown) => void;
const newClientQuery = Query as unknown as new (
  config: QueryConfig,
  values: unknown,
  settle: Settle,
) => ClientQuery;

/** A statement that waits for its round. */
interface Gathered {
  statement: RoundStatement;
  isSettled: boolean;
}

const SYNC = Buffer.from([0x53, 0, 0, 0, 4]);

/**
 * Statements that go out in one piece, with one Sync behind them: PostgreSQL carries them out one after the other, each with a
 * snapshot of its own, and answers in one piece. Where one fails, those behind it are not carried out and fail with it.
 */
class Round implements Submittable {
  private statements: RoundStatement[] = [];
  private at = 0;

  constructor(
    private readonly gathered: readonly Gathered[],
    private readonly ended: () => void,
  ) {}

  /** Of the statement that is being answered: the client notes what has been parsed by it. */
  get name(): string | undefined {
    return this.statements[this.at]?.name;
  }

  get text(): string | undefined {
    return this.statements[this.at]?.text;
  }

  submit(connection: Connection): null {
    const out = new ProtocolWriter();
    // A statement ends with Sync; here only the last one does. What others write is gathered too.
    const together = Object.create(connection, {
      sync: { value: () => undefined },
      _send: { value: (message: Uint8Array) => out.add(message) },
    }) as Remembering;
    let refused: Error | null = null;
    for (const { statement } of this.gathered) {
      // What cannot be sent fails what stands behind it, as what PostgreSQL refuses does: a commit is no commit without it.
      refused ??= statement.submit(together, out);
      if (refused) statement.handleError(refused, connection);
      else this.statements.push(statement);
    }
    out.add(SYNC);
    // Nothing is written to a connection that was lost: its statements fail with it.
    if (connection.stream.writable) connection.stream.write(out.toBuffer());
    return null;
  }

  handleRowDescription(message: unknown): void {
    this.statements[this.at]?.handleRowDescription(message);
  }

  handleDataRow(message: unknown): void {
    this.statements[this.at]?.handleDataRow(message);
  }

  handleCommandComplete(message: { text: string }, connection: Connection): void {
    this.statements[this.at]?.handleCommandComplete(message, connection);
    this.at += 1;
  }

  handleEmptyQuery(connection: Connection): void {
    this.statements[this.at]?.handleEmptyQuery(connection);
    this.at += 1;
  }

  handleReadyForQuery(connection: Connection): void {
    for (const statement of this.statements) statement.handleReadyForQuery(connection);
    this.ended();
  }

  handleError(error: Error, connection: Connection): void {
    const { parsedStatements, submittedNamedStatements } = connection as Remembering;
    for (const [index, statement] of this.statements.entries()) {
      if (index < this.at) {
        statement.handleReadyForQuery(connection);
        continue;
      }
      // Sent, but never parsed: the next one who wants it has to send it again.
      if (statement.name && !(statement.name in parsedStatements))
        delete submittedNamedStatements[statement.name];
      statement.handleError(error, connection);
    }
    // A round that waited for its turn when the connection was lost was never sent.
    for (const { statement, isSettled } of this.gathered)
      if (!isSettled) statement.handleError(error, connection);
    this.ended();
  }
}

/** Of the answer to an edge its command is all that its asker reads; all else that asks `query` gets what the client answers. */
function isEdge(asked: string | QueryConfig): asked is Statement {
  return asked === BEGIN || asked === COMMIT;
}

/**
 * Gathers what is asked of a connection while it is at work elsewhere: all that is asked in one turn, or while a round is
 * under way, is the next round.
 */
class Rounds implements AnyRounds {
  private gathered: Gathered[] = [];
  private isBusy = false;
  private isOver = false;

  constructor(
    private readonly client: PoolClient,
    private readonly send: (round: Submittable) => unknown,
    after: Promise<void> | null,
  ) {
    if (after === null) return;
    this.isBusy = true;
    void after.then(() => this.goOn());
  }

  /** Asks a prepared statement; its rows. */
  ask<R>(statement: Statement, values: readonly unknown[]): Promise<R[]> {
    return this.gather((settle) => new PreparedInRound(statement, values, settle)) as Promise<R[]>;
  }

  /** What the client's own `query` does. */
  query(config: string | QueryConfig, values?: unknown[]): Promise<unknown> {
    const asked = typeof config === 'string' ? { text: config } : config;
    const gathered = this.gather((settle) => {
      if (isEdge(asked))
        return new PreparedInRound(asked, [], (error, rows, command) => settle(error, { rows, command }));
      // Only the extended protocol can do without a Sync.
      const query = new newClientQuery({ ...asked, queryMode: 'extended' } as QueryConfig, values, settle);
      if (query._result) query._result._types ??= this.client;
      return query;
    });
    this.isOver ||= asked.text === 'commit';
    return gathered;
  }

  private gather(statementOf: (settle: Settle) => RoundStatement): Promise<unknown> {
    // It would be no part of the transaction, and nobody would see.
    if (this.isOver) return Promise.reject(new Error('a statement was asked for behind the commit'));
    return new Promise((resolve, reject) => {
      const settle: Settle = (error, result) => {
        gathered.isSettled = true;
        if (error) reject(error);
        else resolve(result);
      };
      const gathered: Gathered = { statement: statementOf(settle), isSettled: false };
      this.gathered.push(gathered);
      if (this.gathered.length === 1 && !this.isBusy) process.nextTick(() => this.sendGathered());
    });
  }

  private sendGathered(): void {
    if (this.isBusy || this.gathered.length === 0) return;
    this.isBusy = true;
    const gathered = this.gathered;
    this.gathered = [];
    this.send(new Round(gathered, () => process.nextTick(() => this.goOn())));
  }

  /** With what was asked for meanwhile. */
  private goOn(): void {
    this.isBusy = false;
    this.sendGathered();
  }
}

/**
 * Runs work whose statements need not wait for each other's answers. Those that are asked for together go out in one piece, and
 * are carried out in the order in which they were asked for; an answer comes with those of all that went out with it. Each
 * is one statement: nothing with semicolons, no COPY.
 * @param work waits for all that it asks for
 * @param after what is asked for goes out once this has come; it must not fail
 */
export async function inRounds<T>(
  tx: Tx,
  work: () => Promise<T>,
  after: Promise<void> | null = null,
): Promise<T> {
  const client = await tx.client();
  const { query: own } = client;
  const rounds = new Rounds(client, own.bind(client), after);
  client.query = rounds.query.bind(rounds) as PoolClient['query'];
  keepRounds(tx, rounds);
  try {
    return await work();
  } finally {
    keepRounds(tx, null);
    // Not deleted: a client that has lost a property is slow in everything.
    client.query = own;
  }
}
