import { Injectable } from '@nestjs/common';
import type { ControlCheck, ControlFigure } from '@ronghe/contracts';
import { Audit, checkTold, totalsOf, type Tx } from '@ronghe/platform';

/** The domain's control totals (SEMANTICS §10). */
@Injectable()
export class CatalogAudit {
  /** Every published version was told to the others. */
  @Audit()
  async audit(tx: Tx): Promise<{ checks: ControlCheck[]; figures: ControlFigure[] }> {
    const totals = await totalsOf<'offers' | 'policies' | 'live_offers' | 'live_policies'>(
      tx,
      `
      select
        (select count(*) from catalog.offer_version) as offers,
        (select count(*) from catalog.policy_version) as policies,
        (select count(*) from catalog.offer_version where superseded_at is null) as live_offers,
        (select count(*) from catalog.policy_version where superseded_at is null) as live_policies`,
    );
    return {
      checks: [
        await checkTold(tx, 'offerings-published', totals.offers, 'offering.published.v1'),
        await checkTold(tx, 'policies-published', totals.policies, 'policy.published.v1'),
      ],
      figures: [
        { name: 'live-offerings', scope: 'all', value: totals.live_offers },
        { name: 'live-policies', scope: 'all', value: totals.live_policies },
      ],
    };
  }
}
