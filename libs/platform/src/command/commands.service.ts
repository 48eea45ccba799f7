import { Injectable } from '@nestjs/common';
import { commandFlow, type CommandAnswer, type CommandInput, type CommandName } from '@ronghe/contracts';
import { requestContext, runInContext } from '../context/request-context';
import { DomainScope } from '../host/domain-scope';
import { MessageRouter } from './message-router.service';

/** How a domain asks another for an effect. Never call it inside a transaction of your own. */
@Injectable()
export class Commands {
  constructor(
    private readonly scope: DomainScope,
    private readonly router: MessageRouter,
  ) {}

  /**
   * Sends a command at once and waits for its answer. The same key and input again get the same answer.
   * @throws the owner's DomainError; `unavailable` ones may be tried again with the same key.
   */
  async send<N extends CommandName>(
    name: N,
    input: CommandInput<N>,
    options: { key: string },
  ): Promise<CommandAnswer<N>> {
    if (!commandFlow[name].givenBy.includes(this.scope.name)) {
      throw new Error(`${this.scope.name} may not give the command ${name}`);
    }
    const context = { ...requestContext(), actor: { id: `domain:${this.scope.name}`, roles: [] } };
    return runInContext(context, () => this.router.command(name, input, options.key));
  }
}
