import { requireNode } from './bootstrap/node-version.mjs';

requireNode();
const { main } = await import('./bench/run.mjs');
process.exit(await main(process.argv.slice(2)));
