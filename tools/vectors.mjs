import { requireNode } from './bootstrap/node-version.mjs';

requireNode();
const { main } = await import('./vectors/run.mjs');
process.exit(await main(process.argv.slice(2)));
