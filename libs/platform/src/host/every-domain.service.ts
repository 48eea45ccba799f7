import { Injectable } from '@nestjs/common';
import { domainNames, type DomainName } from '@ronghe/contracts';
import { PeerClient } from '../command/peer-client.service';
import { PlatformConfig } from '../config/platform-config';
import { DomainStatusReader, type DomainStatus } from './domain-status.service';
import { HostedDomains } from './hosted-domains';

/** All domains of the installation: the hosted ones at once, the others over HTTP. */
@Injectable()
export class EveryDomain {
  constructor(
    private readonly hosted: HostedDomains,
    private readonly reader: DomainStatusReader,
    private readonly peers: PeerClient,
    private readonly config: PlatformConfig,
  ) {}

  async status(): Promise<DomainStatus[]> {
    const remote = this.remoteDomains().map((domain) =>
      this.peers.post<DomainStatus[]>(domain, '/internal/status', {}),
    );
    return (await Promise.all([this.reader.all(), ...remote])).flat();
  }

  async clockMoved(): Promise<void> {
    await Promise.all(
      this.remoteDomains().map((domain) => this.peers.post(domain, '/internal/clock-moved', {})),
    );
  }

  /** One domain for each other process. */
  remoteDomains(): DomainName[] {
    const seen = new Set<string>();
    return domainNames.filter((domain) => {
      const url = this.config.peers[domain];
      if (!url || this.hosted.has(domain) || seen.has(url)) return false;
      seen.add(url);
      return true;
    });
  }
}
