import { join } from 'node:path';
import { defineDomain, type DomainManifest } from '@ronghe/platform';
import { AccountEntity, BalanceGroupEntity } from './account.entity';
import { ContactMediumEntity } from './contact.entity';
import { CustomerEntity, IdentityDocumentEntity, IndividualEntity } from './customer.entity';
import { CustomerModule } from './customer.module';
import { CreateCustomer1700000000000 } from './migrations/1700000000000-create-customer';

/** Parties, customers, identity documents, contacts, accounts. */
export const customerDomain: DomainManifest = defineDomain({
  name: 'customer',
  module: CustomerModule,
  sdlFile: join(__dirname, 'customer.graphql'),
  entities: [
    IndividualEntity,
    CustomerEntity,
    IdentityDocumentEntity,
    ContactMediumEntity,
    BalanceGroupEntity,
    AccountEntity,
  ],
  migrations: [CreateCustomer1700000000000],
});
