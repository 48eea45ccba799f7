import { Injectable } from '@nestjs/common';
import type { ControlCheck, ControlFigure } from '@ronghe/contracts';
import { Audit, type Tx } from '@ronghe/platform';

interface Totals {
  customers: string;
  registered_events: string;
  verified: string;
  documented: string;
  accounts: string;
  opened_events: string;
  in_groups: string;
}

/** The domain's control totals (SEMANTICS §10). */
@Injectable()
export class CustomerAudit {
  /** Every customer and account was told to the others; nobody is verified without a document. */
  @Audit()
  async audit(tx: Tx): Promise<{ checks: ControlCheck[]; figures: ControlFigure[] }> {
    const [totals] = await tx.query<Totals>(`
      select
        (select count(*) from customer.customer) as customers,
        (select count(*) from customer.outbox where type = 'customer.registered.v1') as registered_events,
        (select count(*) from customer.customer where real_name_verified_at is not null) as verified,
        (select count(*) from customer.customer c where real_name_verified_at is not null
          and exists (select from customer.identity_document d where d.party_id = c.party_id)) as documented,
        (select count(*) from customer.account) as accounts,
        (select count(*) from customer.outbox where type = 'account.opened.v1') as opened_events,
        (select count(*) from customer.account a
          join customer.balance_group g on g.id = a.balance_group_id
          join customer.customer c on c.id = a.customer_id) as in_groups`);
    if (!totals) throw new Error('an aggregate without a row');
    const check = (name: string, left: string, right: string): ControlCheck => ({
      name,
      scope: 'all',
      left,
      right,
    });
    return {
      checks: [
        check('customers-published', totals.customers, totals.registered_events),
        check('verified-customers-with-document', totals.verified, totals.documented),
        check('accounts-published', totals.accounts, totals.opened_events),
        check('accounts-with-customer-and-group', totals.accounts, totals.in_groups),
      ],
      figures: [{ name: 'open-accounts', scope: 'all', value: totals.accounts }],
    };
  }
}
