import { BinaryCells, ROW_ROOM } from '@ronghe/kernel';

const FIRST_CAPACITY = 65_536;

const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');

/**
 * Rows in the binary format of COPY (PostgreSQL, "COPY", Binary Format), written one behind the other into one piece of memory:
 * neither side makes or reads a text of each value. Cells are written in the order of the columns; what many rows begin with is
 * written once (`headOf`).
 */
export class BinaryRows extends BinaryCells {
  /** How many columns a row has, and its first cells. */
  static headOf(columns: number, write: (cells: BinaryRows) => void): Buffer {
    const cells = new BinaryRows(ROW_ROOM);
    cells.length = cells.bytes.writeInt16BE(columns, 0);
    write(cells);
    return cells.bytes.subarray(0, cells.length);
  }

  constructor(capacity = FIRST_CAPACITY) {
    super(capacity);
    this.length = SIGNATURE.copy(this.bytes);
  }

  get isEmpty(): boolean {
    return this.length === SIGNATURE.length;
  }

  /** All rows, to be sent before anything else is written. */
  all(): Buffer {
    this.room(2);
    this.bytes.writeInt16BE(-1, this.length);
    return this.bytes.subarray(0, this.length + 2);
  }

  /** Begins anew, in the same memory. */
  clear(): void {
    this.length = SIGNATURE.length;
  }

  /** Begins a row with what `headOf` made. */
  begin(head: Buffer): void {
    this.room(head.length);
    this.length += head.copy(this.bytes, this.length);
  }
}
