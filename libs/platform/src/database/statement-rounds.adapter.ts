import { Query, type Connection, type PoolClient, type QueryConfig, type Submittable } from 'pg';
import type { Tx } from './tx';

/** What the `pg` client calls on a query that it has sent; its types show only how one is sent. */
interface Statement extends Submittable {
  name?: string;
  text: string;
  _result?: { _types?: unknown };
  submit(connection: Connection): Error | null;
  handleRowDescription(message: unknown): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, connection: Connection): void;
  handleEmptyQuery(connection: Connection): void;
  handleReadyForQuery(connection: Connection): void;
  handleError(error: Error, connection: Connection): void;
}

type Settle = (error: Error | undefined, result: unknown) => void;
const newStatement = Query as unknown as new (
  config: QueryConfig,
  values: unknown,
  settle: Settle,
) => Statement;

/** A statement that waits for its round. */
interface Gathered {
  statement: Statement;
  isSettled: boolean;
}

interface Remembering extends Connection {
  parsedStatements: Record<string, string>;
  submittedNamedStatements: Record<string, string>;
}

/**
 * Statements that go out in one piece, with one Sync behind them: PostgreSQL carries them out one after the other, each with a
 * snapshot of its own, and answers in one piece. Where one fails, those behind it are not carried out and fail with it.
 */
class Round implements Submittable {
  private statements: Statement[] = [];
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
    // A statement ends with Sync; here only the last one does.
    const together = Object.create(connection, { sync: { value: () => undefined } }) as Connection;
    connection.stream.cork();
    try {
      for (const asked of this.gathered) {
        const refused = asked.statement.submit(together);
        if (refused) asked.statement.handleError(refused, connection);
        // What could not be sent gets no answer.
        if (!asked.isSettled) this.statements.push(asked.statement);
      }
      connection.sync();
    } finally {
      connection.stream.uncork();
    }
    return null;
  }

  handleRowDescription(message: unknown): void {
    this.statements[this.at]?.handleRowDescription(message);
  }

  handleDataRow(message: unknown): void {
    this.statements[this.at]?.handleDataRow(message);
  }

  handleCommandComplete(message: unknown, connection: Connection): void {
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

/**
 * Gathers what is asked of a connection while it is at work elsewhere: all that is asked in one turn, or while a round is
 * under way, is the next round.
 */
class Rounds {
  private gathered: Gathered[] = [];
  private isBusy = false;

  constructor(
    private readonly client: PoolClient,
    private readonly send: (round: Submittable) => unknown,
  ) {}

  query(config: string | QueryConfig, values?: unknown[]): Promise<unknown> {
    const asked = typeof config === 'string' ? { text: config } : config;
    return new Promise((resolve, reject) => {
      const settle: Settle = (error, result) => {
        gathered.isSettled = true;
        if (error) reject(error);
        else resolve(result);
      };
      // Only the extended protocol can do without a Sync.
      const statement = new newStatement({ ...asked, queryMode: 'extended' } as QueryConfig, values, settle);
      if (statement._result) statement._result._types ??= this.client;
      const gathered: Gathered = { statement, isSettled: false };
      this.gathered.push(gathered);
      if (this.gathered.length === 1 && !this.isBusy) process.nextTick(() => this.sendGathered());
    });
  }

  private sendGathered(): void {
    if (this.isBusy || this.gathered.length === 0) return;
    this.isBusy = true;
    const gathered = this.gathered;
    this.gathered = [];
    this.send(
      new Round(gathered, () => {
        this.isBusy = false;
        process.nextTick(() => this.sendGathered());
      }),
    );
  }
}

/**
 * Runs work whose statements need not wait for each other's answers. Those that are asked for together go out in one piece, and
 * are carried out in the order in which they were asked for; an answer comes with those of all that went out with it. Each
 * is one statement: nothing with semicolons, no COPY.
 */
export async function inRounds<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  const client = await tx.client();
  const own = Object.getOwnPropertyDescriptor(client, 'query');
  const rounds = new Rounds(client, client.query.bind(client));
  const query = rounds.query.bind(rounds);
  Object.defineProperty(client, 'query', { value: query, configurable: true, writable: true });
  try {
    return await work();
  } finally {
    if (own) Object.defineProperty(client, 'query', own);
    else Reflect.deleteProperty(client, 'query');
  }
}
