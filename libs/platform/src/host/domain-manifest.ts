import { readFileSync } from 'node:fs';
import type { Type } from '@nestjs/common';
import type { DomainName } from '@ronghe/contracts';
import type { MigrationInterface } from 'typeorm';

/** All that a host must know to run a domain: the only thing that a domain's `index.ts` exports. */
export interface DomainManifest {
  name: DomainName;
  /** The Nest module whose own providers hold the domain's handlers. */
  module: Type<unknown>;
  sdlFile: string;
  /** TypeORM entity classes, each with `schema` set to the domain's name. */
  entities: Type<unknown>[];
  /** In the order in which they run; never changed once released. */
  migrations: Type<MigrationInterface>[];
  /** URL prefixes of its public REST endpoints, for the gateway of a split installation. */
  restPrefixes?: string[];
}

/** Checks and returns a manifest. */
export function defineDomain(manifest: DomainManifest): DomainManifest {
  for (const migration of manifest.migrations) {
    if (!/\d{13}$/.test(migration.name)) {
      throw new Error(`${manifest.name}: migration ${migration.name} must end in a 13-digit timestamp`);
    }
  }
  return manifest;
}

/** The domain's SDL text. */
export function readSdl(manifest: DomainManifest): string {
  return readFileSync(manifest.sdlFile, 'utf8');
}
