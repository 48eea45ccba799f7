import type {
  CommandAnswer,
  CommandInput,
  CommandName,
  QueryAnswer,
  QueryInput,
  QueryName,
} from '@ronghe/contracts';
import { MessageRouter, type RunningHost } from '@ronghe/platform';

/** Stands in for the commands and queries of domains that a suite does not host. */
export type Stubs = {
  commands?: {
    [N in CommandName]?: (
      input: CommandInput<N>,
      key: string,
    ) => CommandAnswer<N> | Promise<CommandAnswer<N>>;
  };
  queries?: { [N in QueryName]?: (input: QueryInput<N>) => QueryAnswer<N> | Promise<QueryAnswer<N>> };
};

/** Has a host's commands and queries answered by stubs where there are any. */
export function installStubs(host: RunningHost, stubs: Stubs): void {
  const router = host.app.get(MessageRouter);
  const command = router.command.bind(router);
  const query = router.query.bind(router);
  const replies = new Map<string, Promise<unknown>>();
  router.command = (async (name: CommandName, input: never, key: string) => {
    const stub = stubs.commands?.[name] as ((input: never, key: string) => unknown) | undefined;
    if (!stub) return command(name, input, key);
    // Every domain carries a command out once for its key: two jobs may well ask at the same moment.
    const id = `${name}/${key}`;
    const reply = replies.get(id) ?? (async () => stub(input, key))();
    replies.set(id, reply);
    // What was refused may be asked for again.
    reply.catch(() => replies.delete(id));
    return reply;
  }) as typeof router.command;
  router.query = (async (name: QueryName, input: never) => {
    const stub = stubs.queries?.[name] as ((input: never) => unknown) | undefined;
    return stub ? stub(input) : query(name, input);
  }) as typeof router.query;
}
