import { Injectable } from '@nestjs/common';
import { queryFlow, type QueryAnswer, type QueryInput, type QueryName } from '@ronghe/contracts';
import { DomainScope } from '../host/domain-scope';
import { MessageRouter } from './message-router.service';

/** How a domain asks another domain's read port. */
@Injectable()
export class Queries {
  constructor(
    private readonly scope: DomainScope,
    private readonly router: MessageRouter,
  ) {}

  /** @throws the owner's DomainError, or `peer_unavailable`. */
  async ask<N extends QueryName>(name: N, input: QueryInput<N>): Promise<QueryAnswer<N>> {
    if (!queryFlow[name].askedBy.includes(this.scope.name)) {
      throw new Error(`${this.scope.name} may not ask ${name}`);
    }
    return this.router.query(name, input);
  }
}
