import { copyBytes, copyCell } from './copy-rows.adapter';
import type { Tx } from './tx';

/** Most bytes that one character of a string takes in UTF-8. */
const BYTES_PER_CHARACTER = 3;
/** Buffers that wait for the next rows: as many as are written side by side. */
const MOST_SPARE = 4;

const spare: Buffer[] = [];

/**
 * Rows of a COPY in its text format as bytes, written one piece behind the other: for rows of which large parts are the
 * same in many, so that these are made bytes once.
 */
export class CopyText {
  private bytes = spare.pop() ?? Buffer.allocUnsafeSlow(65_536);
  private length = 0;

  /** A part of a row as it is to be sent: cells made by copyCell, the tabs between them, the line feed behind. */
  add(text: string): void {
    this.reserve(text.length * BYTES_PER_CHARACTER);
    this.length += this.bytes.write(text, this.length);
  }

  /** The same, made before by bytesOf. */
  addBytes(piece: Buffer): void {
    this.reserve(piece.length);
    this.length += piece.copy(this.bytes, this.length);
  }

  /** Loads the rows into a table. Nothing is written afterwards. @param into the table with its columns */
  async load(tx: Tx, into: string): Promise<void> {
    if (this.length > 0) await copyBytes(tx, `copy ${into} from stdin`, this.bytes.subarray(0, this.length));
    if (spare.length < MOST_SPARE) spare.push(this.bytes);
  }

  private reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(2 * (this.bytes.length + count));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }
}

/** A cell of which many rows have the same. */
export function bytesOf(cell: string): Buffer {
  return Buffer.from(copyCell(cell));
}
