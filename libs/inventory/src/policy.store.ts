import { Injectable } from '@nestjs/common';
import type { InventoryPolicy } from '@ronghe/contracts';
import type { Tx } from '@ronghe/platform';

/** The policies of kind `inventory` that the catalog has published. */
@Injectable()
export class PolicyStore {
  /** Keeps a version; a version never changes once published. */
  async add(tx: Tx, document: InventoryPolicy): Promise<void> {
    await tx.execute(
      `insert into inventory.policy (code, version, document) values ($1, $2, $3) on conflict do nothing`,
      [document.code, document.version, JSON.stringify(document)],
    );
  }

  /** Every version of every code: a handful. */
  async all(tx: Tx): Promise<InventoryPolicy[]> {
    const rows = await tx.query<{ document: InventoryPolicy }>(`select document from inventory.policy`);
    return rows.map((row) => row.document);
  }
}
