import { Module } from '@nestjs/common';
import { PlatformModule } from '@ronghe/platform';
import { AccountReader } from './account-reader.service';
import { AccountRelationResolver } from './account-relation.resolver';
import { AccountRelationService } from './account-relation.service';
import { AccountRelationStore } from './account-relation.store';
import { AccountResolver } from './account.resolver';
import { AccountService } from './account.service';
import { AccountStore } from './account.store';
import { ContactStore } from './contact.store';
import { CustomerAudit } from './customer-audit.service';
import { CustomerQueries } from './customer-queries.service';
import { CustomerReader } from './customer-reader.service';
import { CustomerResolver } from './customer.resolver';
import { CustomerService } from './customer.service';
import { CustomerStore } from './customer.store';
import { IdentityDocumentStore } from './identity-document.store';

/** The customer domain's providers. */
@Module({
  imports: [PlatformModule.forDomain('customer')],
  providers: [
    CustomerStore,
    ContactStore,
    IdentityDocumentStore,
    AccountStore,
    AccountRelationStore,
    AccountRelationService,
    AccountRelationResolver,
    CustomerService,
    AccountService,
    CustomerReader,
    AccountReader,
    CustomerQueries,
    CustomerAudit,
    CustomerResolver,
    AccountResolver,
  ],
})
export class CustomerModule {}
