import { types, type Connection } from 'pg';
import type { Statement } from './prepared-statement.adapter';
import type { ProtocolWriter } from './protocol-writer';

/** What the `pg` client notes of a connection. */
export interface Remembering extends Connection {
  parsedStatements: Record<string, string>;
  submittedNamedStatements: Record<string, string>;
}

/** What is asked in a round: written into it, and told what comes back. */
export interface RoundStatement {
  readonly name?: string | undefined;
  readonly text: string;
  /** @returns why it cannot be sent */
  submit(connection: Remembering, out: ProtocolWriter): Error | null;
  handleRowDescription(message: unknown): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: { text: string }, connection: Connection): void;
  handleEmptyQuery(connection: Connection): void;
  handleReadyForQuery(connection: Connection): void;
  handleError(error: Error, connection: Connection): void;
}

interface ColumnOfRow {
  name: string;
  parse(text: string): unknown;
}

/** @param command what PostgreSQL says has been carried out, as COMMIT */
type Settle = (error: Error | undefined, rows: readonly unknown[], command: string) => void;

/** The columns of prepared statements by name: those of a statement never change on its connection. */
const columnsOf = new WeakMap<Connection, Map<string, readonly ColumnOfRow[]>>();

/**
 * A prepared statement of a round, with as little around it as can be: it is parsed once for each connection, and what its rows
 * look like is asked once.
 */
export class PreparedInRound implements RoundStatement {
  readonly name: string;
  readonly text: string;
  private readonly rows: unknown[] = [];
  private command = '';
  private columns: readonly ColumnOfRow[] | undefined;

  constructor(
    statement: Statement,
    private readonly values: readonly unknown[],
    private readonly settle: Settle,
  ) {
    this.name = statement.name;
    this.text = statement.text;
  }

  submit(connection: Remembering, out: ProtocolWriter): Error | null {
    const { name, text } = this;
    const previous = connection.parsedStatements[name] ?? connection.submittedNamedStatements[name];
    if (previous === undefined) {
      connection.parse({ name, text, types: [] }, false);
      connection.submittedNamedStatements[name] = text;
    } else if (previous !== text) {
      return new Error(`Prepared statements must be unique: ${name} was used for a different statement`);
    }
    this.columns = columnsOf.get(connectionOf(connection))?.get(name);
    out.bind(name, this.values);
    if (!this.columns) out.describe();
    out.execute();
    return null;
  }

  handleRowDescription({ fields }: { fields: { name: string; dataTypeID: number }[] }): void {
    this.columns = fields.map((field) => ({
      name: field.name,
      parse: types.getTypeParser(field.dataTypeID, 'text') as (text: string) => unknown,
    }));
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    const { columns = [] } = this;
    const row: Record<string, unknown> = {};
    for (let index = 0; index < columns.length; index += 1) {
      const column = columns[index];
      const text = fields[index];
      if (column) row[column.name] = text === null || text === undefined ? null : column.parse(text);
    }
    this.rows.push(row);
  }

  handleCommandComplete({ text }: { text: string }, connection: Connection): void {
    this.command = text;
    const known = columnsOf.get(connection) ?? new Map<string, readonly ColumnOfRow[]>();
    if (known.size === 0) columnsOf.set(connection, known);
    if (!known.has(this.name)) known.set(this.name, this.columns ?? []);
  }

  handleEmptyQuery(): void {
    // There is no statement without text.
  }

  handleReadyForQuery(): void {
    this.settle(undefined, this.rows, this.command);
  }

  handleError(error: Error): void {
    this.settle(error, [], '');
  }
}

/** Rounds write to a stand-in of the connection, whose prototype it is. */
function connectionOf(together: Connection): Connection {
  return Object.getPrototypeOf(together) as Connection;
}
