import { EventEmitter } from 'node:events';
import { Injectable } from '@nestjs/common';
import type { DomainName } from '@ronghe/contracts';
import type { Tx } from '../database/tx';

export interface CommittedJobs {
  domain: DomainName;
  jobs: Tx['enqueued'];
}

/**
 * Tells the host what a commit has made possible: events to pull, jobs to send. Only wakes travel here: what
 * is lost with the process is found again in PostgreSQL.
 */
@Injectable()
export class AfterCommit {
  private readonly emitter = new EventEmitter().setMaxListeners(0);

  announce(domain: DomainName, tx: Tx): void {
    if (tx.emitted.length > 0) this.emitter.emit('published', domain);
    if (tx.enqueued.length > 0) {
      this.emitter.emit('jobs', { domain, jobs: tx.enqueued } satisfies CommittedJobs);
    }
  }

  /** Calls the listener at every publication of this process, until the returned function is called. */
  onPublished(listener: (producer: DomainName) => void): () => void {
    this.emitter.on('published', listener);
    return () => this.emitter.off('published', listener);
  }

  onJobs(listener: (jobs: CommittedJobs) => void): void {
    this.emitter.on('jobs', listener);
  }
}
