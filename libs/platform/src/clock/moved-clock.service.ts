import { Injectable } from '@nestjs/common';
import { JobRunner } from '../job/job-runner.service';
import { DueRunner } from './due-runner.service';

/** What this process does at once when the business clock was moved. */
@Injectable()
export class MovedClock {
  constructor(
    private readonly due: DueRunner,
    private readonly jobs: JobRunner,
  ) {}

  /** Runs what is due now, and looks for what the time alone has made pending. */
  wake(): void {
    this.due.wake();
    this.jobs.wake();
  }
}
