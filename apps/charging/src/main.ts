import 'reflect-metadata';
import { chargingDomain } from '@ronghe/charging';
import { runApp } from '@ronghe/platform';

void runApp('charging', { domains: [chargingDomain] });
