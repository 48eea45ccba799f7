import { join } from 'node:path';
import { defineDomain, type DomainManifest } from '@ronghe/platform';
import { AccountRelationEntity, RelationLaneEntity } from './account-relation.entity';
import { AccountEntity, BalanceGroupEntity } from './account.entity';
import { ContactMediumEntity } from './contact.entity';
import { CustomerEntity, IdentityDocumentEntity, IndividualEntity } from './customer.entity';
import { CustomerModule } from './customer.module';
import { AddAccountRegion1700000000250 } from './migrations/1700000000250-add-account-region';
import { CreateAccountRelation1700000000120 } from './migrations/1700000000120-create-account-relation';
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
    AccountRelationEntity,
    RelationLaneEntity,
  ],
  migrations: [
    CreateCustomer1700000000000,
    CreateAccountRelation1700000000120,
    AddAccountRegion1700000000250,
  ],
});
