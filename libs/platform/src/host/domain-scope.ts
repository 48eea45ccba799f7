import type { DomainName } from '@ronghe/contracts';

/** Tells a platform provider which domain's module it was injected into. */
export class DomainScope {
  constructor(readonly name: DomainName) {}
}
