import { Injectable } from '@nestjs/common';
import { Audit, OnDue, type Tx } from '@ronghe/platform';
import type { ControlCheck, ControlFigure } from '@ronghe/contracts';
import type { Instant } from '@ronghe/kernel';
import { HoldService } from './hold.service';
import { SaleService } from './sale.service';

/** What happens by itself: holds end, numbers end their rest; and the control totals. */
@Injectable()
export class InventoryWorker {
  constructor(
    private readonly holds: HoldService,
    private readonly sales: SaleService,
  ) {}

  @OnDue('inventory.holdExpired')
  async holdExpired(row: { key: string; dueAt: Instant }, tx: Tx): Promise<void> {
    await this.holds.expire(tx, row.key, row.dueAt);
  }

  @OnDue('inventory.restEnded')
  async restEnded(_row: { key: string; dueAt: Instant }, tx: Tx): Promise<void> {
    await this.sales.endRests(tx);
  }

  /** SEMANTICS §10: what lies in each state is what its moves say. */
  @Audit()
  async audit(tx: Tx): Promise<{ checks: ControlCheck[]; figures: ControlFigure[] }> {
    const rows = await tx.query<{ state: string; units: string; moves: string }>(
      `with units as (select state, count(*) as n from inventory.resource group by state),
            moves as (
              select state, sum(n) as n from (
                select to_state as state, count(*) as n from inventory.resource_move group by to_state
                union all
                select from_state, -count(*) from inventory.resource_move where from_state is not null group by from_state
              ) as both_ways group by state)
       select state, coalesce(units.n, 0) as units, coalesce(moves.n, 0) as moves
         from units full join moves using (state) order by state`,
    );
    const assigned = rows.find((row) => row.state === 'assigned')?.units ?? '0';
    return {
      checks: rows.map((row) => ({
        name: 'resources-by-state',
        scope: row.state,
        left: row.units,
        right: row.moves,
      })),
      figures: [{ name: 'assigned-resources', scope: 'all', value: assigned }],
    };
  }
}
