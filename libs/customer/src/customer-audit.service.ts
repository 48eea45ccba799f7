import { Injectable } from '@nestjs/common';
import type { ControlCheck, ControlFigure } from '@ronghe/contracts';
import { Audit, checkOf, checkTold, totalsOf, type Tx } from '@ronghe/platform';

/** The domain's control totals (SEMANTICS §10). */
@Injectable()
export class CustomerAudit {
  /** Every customer and account was told to the others; nobody is verified without a document. */
  @Audit()
  async audit(tx: Tx): Promise<{ checks: ControlCheck[]; figures: ControlFigure[] }> {
    const totals = await totalsOf<
      'customers' | 'verified' | 'documented' | 'accounts' | 'in_groups' | 'relations'
    >(
      tx,
      `
      select
        (select count(*) from customer.customer) as customers,
        (select count(*) from customer.customer where real_name_verified_at is not null) as verified,
        (select count(*) from customer.customer c where real_name_verified_at is not null
          and exists (select from customer.identity_document d where d.party_id = c.party_id)) as documented,
        (select count(*) from customer.account) as accounts,
        (select count(*) from customer.account_relation) as relations,
        (select count(*) from customer.account a
          join customer.balance_group g on g.id = a.balance_group_id
          join customer.customer c on c.id = a.customer_id) as in_groups`,
    );
    return {
      checks: [
        await checkTold(tx, 'customers-published', totals.customers, 'customer.registered.v1'),
        checkOf('verified-customers-with-document', totals.verified, totals.documented),
        await checkTold(tx, 'accounts-published', totals.accounts, 'account.opened.v1'),
        await checkTold(tx, 'account-relations-published', totals.relations, 'account-relation.changed.v1'),
        checkOf('accounts-with-customer-and-group', totals.accounts, totals.in_groups),
      ],
      figures: [{ name: 'open-accounts', scope: 'all', value: totals.accounts }],
    };
  }
}
