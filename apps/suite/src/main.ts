import 'reflect-metadata';
import { allDomains } from '@ronghe/operator';
import { runApp } from '@ronghe/platform';

void runApp('suite', { domains: allDomains, gatewayOver: allDomains });
