import { requireNode } from './bootstrap/node-version.mjs';

requireNode();
const { build } = await import('./bootstrap/compile.mjs');
const { reportFailure } = await import('./failure.mjs');
try {
  const { written, removed } = await build();
  console.log(`dist: ${written} written, ${removed} removed`);
} catch (error) {
  process.exitCode = reportFailure(error);
}
