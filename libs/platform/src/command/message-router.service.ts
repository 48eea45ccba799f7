import { Injectable } from '@nestjs/common';
import type {
  CommandAnswer,
  CommandInput,
  CommandName,
  QueryAnswer,
  QueryInput,
  QueryName,
} from '@ronghe/contracts';
import { commandFlow, queryFlow } from '@ronghe/contracts';
import { HandlerRegistry } from '../handler/handler-registry.service';
import { DomainTransactions } from '../host/domain-transactions.service';
import { HostedDomains } from '../host/hosted-domains';
import { PeerClient } from './peer-client.service';

/** Takes a command or query to its owner: in this process, or over HTTP, by the same rules. */
@Injectable()
export class MessageRouter {
  constructor(
    private readonly hosted: HostedDomains,
    private readonly handlers: HandlerRegistry,
    private readonly transactions: DomainTransactions,
    private readonly peers: PeerClient,
  ) {}

  async command<N extends CommandName>(
    name: N,
    input: CommandInput<N>,
    key: string,
  ): Promise<CommandAnswer<N>> {
    const { owner } = commandFlow[name];
    if (!this.hosted.has(owner)) return this.peers.post(owner, `/internal/commands/${name}`, { key, input });
    const handler = this.handlers.find('command', name);
    if (!handler) throw new Error(`No handler for command ${name}`);
    const copy = throughJson(input);
    const answer = await this.transactions
      .of(owner)
      .once(name, key, copy, async (tx) => (await handler.invoke(copy, tx)) as CommandAnswer<N>);
    return throughJson(answer);
  }

  async query<N extends QueryName>(name: N, input: QueryInput<N>): Promise<QueryAnswer<N>> {
    const { owner } = queryFlow[name];
    if (!this.hosted.has(owner)) return this.peers.post(owner, `/internal/queries/${name}`, { input });
    const handler = this.handlers.find('query', name);
    if (!handler) throw new Error(`No handler for query ${name}`);
    const answer = await this.transactions
      .of(owner)
      .read(async (tx) => (await handler.invoke(throughJson(input), tx)) as QueryAnswer<N>);
    return throughJson(answer);
  }
}

/** In process, too, a message is a copy: nobody shares objects, and what JSON cannot carry fails here. */
function throughJson<T>(value: T): T {
  return value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T);
}
