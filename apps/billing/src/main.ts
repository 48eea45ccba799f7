import 'reflect-metadata';
import { billingDomain } from '@ronghe/billing';
import { runApp } from '@ronghe/platform';
import { receivablesDomain } from '@ronghe/receivables';

void runApp('billing', { domains: [billingDomain, receivablesDomain] });
