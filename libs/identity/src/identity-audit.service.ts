import { Injectable } from '@nestjs/common';
import type { ControlCheck, ControlFigure } from '@ronghe/contracts';
import { Audit, checkOf, totalsOf, type Tx } from '@ronghe/platform';

/** The domain's control totals. */
@Injectable()
export class IdentityAudit {
  /** Every successful command to create staff left exactly one member behind, apart from the demonstration's. */
  @Audit()
  async audit(tx: Tx): Promise<{ checks: ControlCheck[]; figures: ControlFigure[] }> {
    const totals = await totalsOf<'created' | 'commanded'>(
      tx,
      `
      select
        (select count(*) from identity.staff where created_by <> 'system:identity') as created,
        (select count(*) from identity.command_log where operation = 'createStaff' and outcome = 'succeeded')
          as commanded`,
    );
    return {
      checks: [checkOf('staff-created-by-command', totals.created, totals.commanded)],
      figures: [],
    };
  }
}
