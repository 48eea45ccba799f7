import { copyBytes, type Tx } from '@ronghe/platform';
import type { BinaryRows } from './binary-rows';

/** As copyRows, in COPY's binary format. The rows may be written anew once they have been loaded. */
export async function copyBinaryRows(tx: Tx, into: string, rows: BinaryRows): Promise<void> {
  if (!rows.isEmpty) await copyBytes(tx, `copy ${into} from stdin (format binary)`, rows.all());
}
