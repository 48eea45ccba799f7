import 'reflect-metadata';
import { provisioningDomain } from '@ronghe/provisioning';
import { runApp } from '@ronghe/platform';

void runApp('provisioning', { domains: [provisioningDomain] });
