import 'reflect-metadata';
import { catalogDomain } from '@ronghe/catalog';
import { runApp } from '@ronghe/platform';

void runApp('catalog', { domains: [catalogDomain] });
