import { Command } from 'commander';
import { connect, withConnection, type ConnectionOptions } from '../connection';
import { textTable } from '../text-table';

interface Status {
  domain: string;
  businessTime: string;
  nextDue: string | null;
  dueNow: number;
  behind: Record<string, number>;
  pending: Record<string, number>;
}

/** `ronghe status`: what each domain still has to do. */
export function statusCommand(): Command {
  const command = new Command('status')
    .description('Show what each domain still has to do: events to apply, schedules due, unfinished work.')
    .action(async (options: ConnectionOptions) => {
      const rows = await connect(options).rest<Status[]>('operations', 'GET', '/status');
      const cells = rows.map(({ domain, businessTime, nextDue, dueNow, behind, pending }) => [
        ...[domain, businessTime, nextDue, dueNow],
        ...[text(behind), text(pending)],
      ]);
      const head = ['domain', 'business time', 'next due', 'due now', 'behind', 'pending'];
      console.log(textTable(head, cells, ['due now']));
    });
  return withConnection(command);
}

function text(counts: Record<string, number>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}
