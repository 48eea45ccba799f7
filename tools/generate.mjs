import { requireNode } from './bootstrap/node-version.mjs';

requireNode();
const { main } = await import('./generate/run.mjs');
process.exitCode = await main(process.argv.slice(2));
