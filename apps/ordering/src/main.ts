import 'reflect-metadata';
import { orderingDomain } from '@ronghe/ordering';
import { runApp } from '@ronghe/platform';

void runApp('ordering', { domains: [orderingDomain] });
