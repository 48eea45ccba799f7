import { instantFromIso } from '@ronghe/kernel';
import type { BusinessClock } from '../clock/business-clock.service';
import type { DueRunner } from '../clock/due-runner.service';
import type { FeedRunner } from '../feed/feed-runner.service';
import type { JobRunner } from '../job/job-runner.service';
import { DomainStatusReader, isQuiet } from './domain-status.service';
import type { HostedDomains } from './hosted-domains';

const places = ['schedule', 'feed', 'jobs'] as const;
type Place = (typeof places)[number];

/** One piece of work. Where it lies on its way it goes on while it is being looked for, and is not found there any more. */
class Work {
  constructor(private place: Place) {}

  async isAt(place: Place): Promise<boolean> {
    if (this.place !== place) return false;
    const next = places[places.indexOf(place) + 1];
    await Promise.resolve();
    this.place = next ?? place;
    return next === undefined;
  }
}

function readerOf(work: Work): DomainStatusReader {
  const now = instantFromIso('2026-06-01T00:00:00Z');
  const due = { outlook: async () => ({ nextDue: null, dueNow: Number(await work.isAt('schedule')) }) };
  const feeds = { behind: async () => ((await work.isAt('feed')) ? { customer: 1 } : {}) };
  const jobs = { pending: async () => ((await work.isAt('jobs')) ? { 'ordering.work': 1 } : {}) };
  return new DomainStatusReader(
    { names: ['ordering'] } as unknown as HostedDomains,
    { now: () => now } as unknown as BusinessClock,
    due as unknown as DueRunner,
    feeds as unknown as FeedRunner,
    jobs as unknown as JobRunner,
  );
}

it.each(places)('is not quiet while work goes on from the %s to the next place', async (place) => {
  const [status] = await readerOf(new Work(place)).all();
  expect(status && isQuiet(status)).toBe(false);
});
