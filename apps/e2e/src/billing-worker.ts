import 'reflect-metadata';
import { runApp } from '@ronghe/platform';
import { LocalFeeds } from '@ronghe/testing';
import { billingDomain } from '@ronghe/billing';

// Billing as a process of its own, for tests that kill it. Facts of other domains are read from the same database.
const domains = [billingDomain];
void runApp('billing-worker', { domains, feedWrapper: new LocalFeeds(domains) });
