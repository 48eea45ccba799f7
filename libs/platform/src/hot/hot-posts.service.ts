import type { IncomingMessage, ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import { TokenSigner } from '../auth/token-signer.service';
import { PlatformLogger } from '../telemetry/logger.service';
import { Metrics } from '../telemetry/metrics.service';
import { HotEdge, type BehindEdge, type HotTiming } from './hot-edge';
import type { HotAnswer, HotRoutes, HotService } from './hot-routes';

/** The hot routes of this process, and the short way to them on its own thread. */
@Injectable()
export class HotPosts implements BehindEdge {
  private readonly routes: HotRoutes[] = [];
  private readonly services: HotService[] = [];
  private readonly edge = new HotEdge(this.routes, this);

  constructor(
    private readonly tokens: TokenSigner,
    private readonly metrics: Metrics,
    private readonly logger: PlatformLogger,
  ) {}

  add<Asked>(service: HotService<Asked>): void {
    this.services.push(service as HotService);
    this.routes.push(service.routes as HotRoutes);
  }

  /** The files of all routes, in the order of their places. */
  files(): readonly string[] {
    return this.services.map(({ file }) => file);
  }

  /** Takes a request over; false: it is left to the ordinary way, untouched. */
  take(request: IncomingMessage, response: ServerResponse): boolean {
    return this.edge.take(request, response);
  }

  known(token: string): ReturnType<BehindEdge['known']> {
    return this.tokens.known(token);
  }

  ask(place: number, asked: unknown, then: (answer: HotAnswer) => void): void {
    void this.services[place]?.answer(asked).then(then);
  }

  /** @param thread which one read the request */
  took({ route, status, seconds }: HotTiming, thread: 'main' | 'network' = 'main'): void {
    this.metrics.shortWay.inc({ thread });
    this.metrics.requestSeconds.observe({ method: 'POST', route, status }, seconds);
  }

  failed(error: unknown): void {
    this.logger.error('Unexpected error', error);
  }
}
