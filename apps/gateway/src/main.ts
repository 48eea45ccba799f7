import 'reflect-metadata';
import { identityDomain } from '@ronghe/identity';
import { allDomains } from '@ronghe/operator';
import { runApp } from '@ronghe/platform';

// Signing in happens where people come in, so that identity needs no process of its own.
void runApp('gateway', { domains: [identityDomain], gatewayOver: allDomains });
