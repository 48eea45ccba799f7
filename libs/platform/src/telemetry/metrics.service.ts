import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** Prometheus metrics of this process, served at `/metrics`. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  readonly requestSeconds = new Histogram({
    name: 'ronghe_http_request_duration_seconds',
    help: 'Duration of HTTP requests',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10],
    registers: [this.registry],
  });
  readonly shortWay = new Counter({
    name: 'ronghe_http_short_way_total',
    help: 'Requests that took the short way of HTTP, by the thread that read them: main or network',
    labelNames: ['thread'],
    registers: [this.registry],
  });
  readonly eventsApplied = new Counter({
    name: 'ronghe_events_applied_total',
    help: 'Events applied by a consumer',
    labelNames: ['consumer', 'producer'],
    registers: [this.registry],
  });
  readonly eventsParked = new Counter({
    name: 'ronghe_events_parked_total',
    help: 'Events parked because their handler failed',
    labelNames: ['consumer', 'producer'],
    registers: [this.registry],
  });
  readonly jobs = new Counter({
    name: 'ronghe_jobs_total',
    help: 'Jobs run, by outcome',
    labelNames: ['job', 'outcome'],
    registers: [this.registry],
  });
  readonly auditDifferences = new Gauge({
    name: 'ronghe_audit_differences',
    help: 'Differences that the last audit found',
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }
}
