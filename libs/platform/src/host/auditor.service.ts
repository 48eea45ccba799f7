import { Injectable } from '@nestjs/common';
import type { DomainAudit } from '@ronghe/contracts';
import { PeerClient } from '../command/peer-client.service';
import { Metrics } from '../telemetry/metrics.service';
import { compareAudits, type AuditReport } from './audit';
import { EveryDomain } from './every-domain.service';
import { InternalWork } from './internal-work.service';

/** Asks all domains for their control totals and compares them; the count of differences is a metric. */
@Injectable()
export class Auditor {
  constructor(
    readonly everyone: EveryDomain,
    private readonly own: InternalWork,
    private readonly peers: PeerClient,
    private readonly metrics: Metrics,
  ) {}

  async run(): Promise<AuditReport> {
    const remote = this.everyone
      .remoteDomains()
      .map((domain) => this.peers.post<DomainAudit[]>(domain, '/internal/audit', {}));
    const audits = (await Promise.all([this.own.audit(), ...remote])).flat();
    const report = compareAudits(audits);
    this.metrics.auditDifferences.set(report.differences.length);
    return report;
  }
}
