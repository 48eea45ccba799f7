import 'reflect-metadata';
import { customerDomain } from '@ronghe/customer';
import { runApp } from '@ronghe/platform';

void runApp('customer', { domains: [customerDomain] });
