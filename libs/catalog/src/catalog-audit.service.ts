import { Injectable } from '@nestjs/common';
import type { ControlCheck, ControlFigure } from '@ronghe/contracts';
import { Audit, type Tx } from '@ronghe/platform';

interface Totals {
  offers: string;
  offer_events: string;
  policies: string;
  policy_events: string;
  live_offers: string;
  live_policies: string;
}

/** The domain's control totals (SEMANTICS §10). */
@Injectable()
export class CatalogAudit {
  /** Every published version was told to the others. */
  @Audit()
  async audit(tx: Tx): Promise<{ checks: ControlCheck[]; figures: ControlFigure[] }> {
    const [totals] = await tx.query<Totals>(`
      select
        (select count(*) from catalog.offer_version) as offers,
        (select count(*) from catalog.outbox where type = 'offering.published.v1') as offer_events,
        (select count(*) from catalog.policy_version) as policies,
        (select count(*) from catalog.outbox where type = 'policy.published.v1') as policy_events,
        (select count(*) from catalog.offer_version where superseded_at is null) as live_offers,
        (select count(*) from catalog.policy_version where superseded_at is null) as live_policies`);
    if (!totals) throw new Error('an aggregate without a row');
    const check = (name: string, left: string, right: string): ControlCheck => ({
      name,
      scope: 'all',
      left,
      right,
    });
    return {
      checks: [
        check('offerings-published', totals.offers, totals.offer_events),
        check('policies-published', totals.policies, totals.policy_events),
      ],
      figures: [
        { name: 'live-offerings', scope: 'all', value: totals.live_offers },
        { name: 'live-policies', scope: 'all', value: totals.live_policies },
      ],
    };
  }
}
