import { join } from 'node:path';
import { defineDomain, type DomainManifest } from '@ronghe/platform';
import { ChargingModule } from './charging.module';
import { CreateCharging1700000000000 } from './migrations/1700000000000-create-charging';
import { CreateUsage1700000000001 } from './migrations/1700000000001-create-usage';
import { CreateSessions1700000000002 } from './migrations/1700000000002-create-sessions';

/** Usage, spendable balances and their journal, reservations, rated usage. */
export const chargingDomain: DomainManifest = defineDomain({
  name: 'charging',
  module: ChargingModule,
  sdlFile: join(__dirname, 'charging.graphql'),
  entities: [],
  migrations: [CreateCharging1700000000000, CreateUsage1700000000001, CreateSessions1700000000002],
  restPrefixes: ['/usage', '/nchf-convergedcharging'],
});
