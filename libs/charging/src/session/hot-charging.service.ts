import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DomainLogger, HotPosts, type HotAnswer } from '@ronghe/platform';
import type { SessionAnswer } from './charging-answer';
import { problemAnswer } from './charging-problem.service';
import { hotAnswer, hotRoutes, type ChargingAsked } from './charging-routes.adapter';
import { Sessions } from './session.service';

/** Answers what came to the charging data resource by the short way. */
@Injectable()
export class HotCharging implements OnModuleInit {
  constructor(
    private readonly sessions: Sessions,
    private readonly posts: HotPosts,
    private readonly logger: DomainLogger,
  ) {}

  onModuleInit(): void {
    this.posts.add<ChargingAsked>({
      routes: hotRoutes,
      file: require.resolve('./charging-routes.adapter'),
      answer: (asked) => this.answer(asked),
    });
  }

  private async answer(asked: ChargingAsked): Promise<HotAnswer> {
    try {
      return hotAnswer(await this.charge(asked));
    } catch (error) {
      return hotAnswer(problemAnswer(error, this.logger));
    }
  }

  private charge(asked: ChargingAsked): Promise<SessionAnswer> {
    if (asked.kind === 'create') return this.sessions.create(asked.request);
    return this.sessions[asked.kind](asked.reference, asked.request);
  }
}
