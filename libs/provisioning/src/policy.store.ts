import { Injectable } from '@nestjs/common';
import type { ProvisioningPolicy } from '@ronghe/contracts';
import type { Tx } from '@ronghe/platform';

/** The policies of kind `provisioning` that the catalog has published. */
@Injectable()
export class PolicyStore {
  /**
   * Keeps a version. Of a version that is published again only its end may be another; a code's facts come in the
   * order in which they were published, so the last one counts.
   */
  async save(tx: Tx, document: ProvisioningPolicy): Promise<void> {
    await tx.execute(
      `insert into provisioning.policy (code, version, document) values ($1, $2, $3)
       on conflict (code, version) do update set document = excluded.document`,
      [document.code, document.version, JSON.stringify(document)],
    );
  }

  /** Every version of every code: a handful. */
  async all(tx: Tx): Promise<ProvisioningPolicy[]> {
    const rows = await tx.query<{ document: ProvisioningPolicy }>(`select document from provisioning.policy`);
    return rows.map((row) => row.document);
  }
}
