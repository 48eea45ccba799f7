import { Command } from 'commander';
import { connect, withConnection, type ConnectionOptions } from '../connection';

/** `ronghe feed release CONSUMER PRODUCER AGGREGATE`: applies parked events after their cause was mended. */
export function feedCommand(): Command {
  const release = new Command('release')
    .description('Apply the parked events of an aggregate, after their cause was mended.')
    .argument('<consumer>', 'domain that parked them')
    .argument('<producer>', 'domain that published them')
    .argument('<aggregateId>', 'as the parked row says')
    .action(async (consumer: string, producer: string, aggregateId: string, options: ConnectionOptions) => {
      const path = `/feed/${consumer}/${producer}/release/${encodeURIComponent(aggregateId)}`;
      const { released } = await connect(options).rest<{ released: number }>('operations', 'POST', path, {});
      console.log(`${released} events applied`);
    });
  return new Command('feed').description('The event feed.').addCommand(withConnection(release));
}
