import { allDomains } from '@ronghe/operator';
import { spawnOperator } from '@ronghe/testing';
import { appendFileSync } from 'node:fs';
import { liveDemonstration } from './demonstration';
it('x', async () => {
  const t0 = Date.now();
  const log = (s: string) => appendFileSync('/tmp/scratch.log', `${((Date.now() - t0) / 1000).toFixed(1)} ${s}\n`);
  const operator = await spawnOperator({ shape: 'split', domains: allDomains });
  log('spawned');
  try { await liveDemonstration(operator.url, { records: 2000, progress: { step: log, detail: log } }); log('done'); }
  finally { await operator.stop(); }
}, 560_000);
