import 'reflect-metadata';
import { runApp } from '@ronghe/platform';
import { toyOrdering } from './toy-ordering';

// The toy `ordering` as a process of its own, for tests that kill it.
void runApp('toy-ordering', { domains: [toyOrdering] });
