import 'reflect-metadata';
import { runApp } from '@ronghe/platform';
import { LocalFeeds } from '@ronghe/testing';
import { billingDomain } from '@ronghe/billing';

// Billing as a process of its own, for tests that kill it. Facts of other domains are read from the same database.
// It waits for a line before it starts: a test keeps one that has loaded its code for the moment when another is killed.
const domains = [billingDomain];
process.stdin.once(
  'data',
  () => void runApp('billing-worker', { domains, feedWrapper: new LocalFeeds(domains) }),
);
process.stdin.once('end', () => process.exit(0));
