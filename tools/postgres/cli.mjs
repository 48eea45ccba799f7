import path from 'node:path';
import { parseArgs } from 'node:util';
import { Failure, reportFailure } from '../failure.mjs';
import { defaultPort, mainData, testData } from './settings.mjs';
import { acquire, status, stop } from './cluster.mjs';

const usage = `node tools/postgres/cli.mjs start|stop|status [--data DIR] [--port N] [--fast] [--fresh]

  start   starts the embedded PostgreSQL of DIR (default .ronghe/postgres), or finds it running, and prints its URL
  stop    stops it
  status  prints its URL, or "not running" with exit code 3

  --port N  the first port to try       --fast  without fsync (always so for .ronghe/test-postgres)     --fresh  empties DIR first`;

/** @param {string[]} argv @returns {Promise<number>} exit code */
async function main(argv) {
  const { values, positionals } = parse(argv);
  const data = values.data ? path.resolve(values.data) : mainData;
  const port = values.port ? Number(values.port) : defaultPort(data);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Failure(`--port ${values.port} is no port number.`);
  switch (positionals[0]) {
    case 'start': {
      const options = {
        data,
        port,
        durable: !values.fast && data !== testData,
        fresh: values.fresh ?? false,
        keepRunning: true,
      };
      console.log((await acquire(options)).url);
      return 0;
    }
    case 'stop':
      console.log((await stop({ data })) ? 'stopped' : 'not running');
      return 0;
    case 'status': {
      const found = status({ data });
      console.log(found?.url ?? 'not running');
      return found ? 0 : 3;
    }
    default:
      throw new Failure('Say start, stop or status.', { details: usage });
  }
}

function parse(argv) {
  const options = /** @type {const} */ ({
    data: { type: 'string' },
    port: { type: 'string' },
    fast: { type: 'boolean' },
    fresh: { type: 'boolean' },
  });
  try {
    return parseArgs({ args: argv, allowPositionals: true, options });
  } catch (error) {
    throw new Failure(`${error.message.split('. ')[0]}.`, { details: usage });
  }
}

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error) => (process.exitCode = reportFailure(error)),
);
