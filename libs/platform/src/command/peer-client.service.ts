import { Injectable } from '@nestjs/common';
import type { DomainName } from '@ronghe/contracts';
import { DomainError, type ErrorKind } from '@ronghe/kernel';
import { PlatformConfig } from '../config/platform-config';
import { requestContext, traceparentOf } from '../context/request-context';

const TIMEOUT_MS = 30_000;

interface Problem {
  code: string;
  kind: ErrorKind;
  message: string;
  details: Record<string, unknown>;
}

/** Calls the operator's other processes under `/internal`, with the trace and the actor of the request. */
@Injectable()
export class PeerClient {
  constructor(private readonly config: PlatformConfig) {}

  /** Base URL of the process that hosts a domain. @throws DomainError `peer_unknown`. */
  urlOf(domain: DomainName): string {
    const url = this.config.peers[domain];
    if (!url) {
      throw new DomainError('peer_unknown', 'unavailable', `RONGHE_PEERS does not say where ${domain} runs.`);
    }
    return url;
  }

  /** Posts JSON to a peer. @throws the peer's own DomainError, or `peer_unavailable` when it does not answer. */
  async post<T>(domain: DomainName, path: string, body: unknown): Promise<T> {
    const { actor, traceId, reason } = requestContext();
    const url = `${this.urlOf(domain)}${path}`;
    let response: Response;
    try {
      response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          traceparent: traceparentOf(traceId),
          'x-ronghe-internal': this.config.internalToken,
          'x-ronghe-actor': encodeURIComponent(JSON.stringify(actor)),
          ...(reason ? { 'x-ronghe-reason': encodeURIComponent(reason) } : {}),
        },
        body: JSON.stringify(body ?? {}),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch (error) {
      throw new DomainError(
        'peer_unavailable',
        'unavailable',
        `The ${domain} service does not answer: try again shortly.`,
        {
          cause: (error as Error).message,
        },
      );
    }
    const text = await response.text();
    if (response.ok) return (text === '' ? undefined : JSON.parse(text)) as T;
    throw toDomainError(domain, response.status, text);
  }
}

function toDomainError(domain: DomainName, status: number, text: string): DomainError {
  try {
    const problem = JSON.parse(text) as Problem;
    if (problem.code && problem.kind)
      return new DomainError(problem.code, problem.kind, problem.message, problem.details);
  } catch {
    // Not one of our problem bodies: an intermediary answered.
  }
  return new DomainError('peer_failed', 'unavailable', `The ${domain} service answered ${status}.`);
}
