import 'reflect-metadata';
import { inventoryDomain } from '@ronghe/inventory';
import { runApp } from '@ronghe/platform';

void runApp('inventory', { domains: [inventoryDomain] });
