import { Injectable, type OnModuleInit } from '@nestjs/common';
import { isId } from '@ronghe/kernel';
import { DomainLogger, HotPosts, type HotAnswer, type HotHandler } from '@ronghe/platform';
import type { SessionAnswer } from './charging-answer';
import { CHARGING_DATA } from './charging-data.controller';
import { readChargingRequest } from './charging-data';
import { problemAnswer } from './charging-problem.service';
import { laneOfSession } from './session';
import { Sessions } from './session.service';

const ID_LENGTH = 36;

/**
 * The charging data resource by the short way (HotPosts): creates, updates and releases that are plain. The controller answers
 * the same in the same words, and whatever is not plain.
 */
@Injectable()
export class HotCharging implements OnModuleInit {
  private readonly created = {
    route: `/${CHARGING_DATA}`,
    handler: this.handlerOf((body) => this.create(body)),
  };

  constructor(
    private readonly sessions: Sessions,
    private readonly posts: HotPosts,
    private readonly logger: DomainLogger,
  ) {}

  onModuleInit(): void {
    this.posts.add({
      prefix: `/${CHARGING_DATA}`,
      roles: ['partner', 'operations'],
      find: (rest) => (rest === '' ? this.created : this.reportTo(rest)),
    });
  }

  private create(body: unknown): Promise<SessionAnswer> {
    return this.sessions.create(readChargingRequest(body, 'create'));
  }

  /** `/REFERENCE/update` or `/REFERENCE/release`; a reference that can be none is the controller's. */
  private reportTo(rest: string): { route: string; handler: HotHandler } | null {
    const reference = rest.slice(1, 1 + ID_LENGTH);
    const end = rest.slice(1 + ID_LENGTH);
    const kind = end === '/release' ? 'release' : end === '/update' ? 'update' : null;
    if (kind === null || !isId(reference.toLowerCase()) || laneOfSession(reference) === null) return null;
    const handler = this.handlerOf((body) => this.sessions[kind](reference, readChargingRequest(body, kind)));
    return { route: `/${CHARGING_DATA}/:reference/${kind}`, handler };
  }

  private handlerOf(work: (body: unknown) => Promise<SessionAnswer>): HotHandler {
    return async (body, origin) => {
      try {
        return sentAs(await work(body), origin);
      } catch (error) {
        return sentAs(problemAnswer(error, this.logger), origin);
      }
    };
  }
}

function sentAs({ status, body, sessionId }: SessionAnswer, origin: string): HotAnswer {
  const headers: Record<string, string> = {};
  if (status === 201 && sessionId) headers['location'] = `${origin}/${CHARGING_DATA}/${sessionId}`;
  if (body !== null)
    headers['content-type'] = `application/${status >= 400 ? 'problem+json' : 'json'}; charset=utf-8`;
  return { status, headers, body };
}
