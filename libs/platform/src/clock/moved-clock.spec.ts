import type { JobRunner } from '../job/job-runner.service';
import type { DueRunner } from './due-runner.service';
import { MovedClock } from './moved-clock.service';

it('looks for schedules that are due and for work that the time alone has made pending', () => {
  const woken: string[] = [];
  const runner = (name: string) => ({ wake: () => void woken.push(name) });
  new MovedClock(runner('schedules') as DueRunner, runner('pending work') as JobRunner).wake();
  expect(woken).toEqual(['schedules', 'pending work']);
});
