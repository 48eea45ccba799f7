import { join } from 'node:path';
import { defineDomain, type DomainManifest } from '@ronghe/platform';
import { IdentityModule } from './identity.module';
import { CreateIdentity1700000000000 } from './migrations/1700000000000-create-identity';
import { SignInGuardEntity, StaffEntity } from './staff.entity';

/** Staff, roles, sign-in. */
export const identityDomain: DomainManifest = defineDomain({
  name: 'identity',
  module: IdentityModule,
  sdlFile: join(__dirname, 'identity.graphql'),
  entities: [StaffEntity, SignInGuardEntity],
  migrations: [CreateIdentity1700000000000],
  restPrefixes: ['/auth'],
});
