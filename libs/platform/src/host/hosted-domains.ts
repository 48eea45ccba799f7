import type { DomainName } from '@ronghe/contracts';
import type { DomainManifest } from './domain-manifest';

/** The domains that live in this process. */
export class HostedDomains {
  constructor(readonly manifests: readonly DomainManifest[]) {}

  get names(): DomainName[] {
    return this.manifests.map((manifest) => manifest.name);
  }

  has(name: DomainName): boolean {
    return this.names.includes(name);
  }

  domainOfModule(module: unknown): DomainName | undefined {
    return this.manifests.find((manifest) => manifest.module === module)?.name;
  }
}
