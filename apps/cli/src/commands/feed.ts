import { Command } from 'commander';
import { connect, withConnection, type ConnectionOptions } from '../connection';
import { counted } from '../counted';

interface ParkedAggregate {
  consumer: string;
  producer: string;
  aggregateId: string;
  type: string;
  events: number;
  reason: string;
}

/** `ronghe feed parked`, and `ronghe feed release CONSUMER PRODUCER AGGREGATE` once the cause was mended. */
export function feedCommand(): Command {
  const parked = new Command('parked')
    .description('List the events that could not be applied, by aggregate, with the reason.')
    .action(async (options: ConnectionOptions) => {
      const rows = await connect(options).rest<ParkedAggregate[]>('operations', 'GET', '/feed/parked');
      for (const { consumer, producer, aggregateId, type, events, reason } of rows) {
        console.log(
          `${consumer} ${producer} ${aggregateId}  ${type}${events > 1 ? ` and ${events - 1} later` : ''}: ${reason}`,
        );
      }
      console.log(`${counted(rows.length, 'aggregate')} with parked events`);
    });
  const release = new Command('release')
    .description('Apply the parked events of an aggregate, after their cause was mended.')
    .argument('<consumer>', 'domain that parked them')
    .argument('<producer>', 'domain that published them')
    .argument('<aggregateId>', 'as `ronghe feed parked` says')
    .action(async (consumer: string, producer: string, aggregateId: string, options: ConnectionOptions) => {
      const path = `/feed/${consumer}/${producer}/release/${encodeURIComponent(aggregateId)}`;
      const { released } = await connect(options).rest<{ released: number }>('operations', 'POST', path, {});
      console.log(`${counted(released, 'event')} applied`);
    });
  return new Command('feed')
    .description('The event feed.')
    .addCommand(withConnection(parked))
    .addCommand(withConnection(release));
}
