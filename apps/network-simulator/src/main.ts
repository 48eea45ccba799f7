import { Simulator } from './simulator';

const PORT_DEFAULT = 3900;
const HOST = process.env['RONGHE_BIND'] ?? '127.0.0.1';

/** Starts the simulated network; SIGTERM and SIGINT end it. */
function main(): void {
  const port = Number(process.env['PORT'] ?? PORT_DEFAULT);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    fail(`PORT=${process.env['PORT'] ?? ''} is not a port number.`);
  const server = new Simulator(process.env['NETWORK_SIMULATOR_STATE_FILE']).createServer();
  server.on('error', (error: NodeJS.ErrnoException) =>
    fail(
      error.code === 'EADDRINUSE'
        ? `Port ${port} is in use: give the network simulator another one with PORT.`
        : `The network simulator cannot listen: ${error.message}`,
    ),
  );
  server.listen(port, HOST, () => {
    const address = server.address();
    const actual = typeof address === 'object' && address ? address.port : port;
    process.stdout.write(`The network simulator listens on http://${HOST}:${actual}\n`);
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      server.close(() => process.exit(0));
      // Requests that a fault leaves open would keep the process for ever.
      server.closeAllConnections();
    });
  }
}

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

try {
  main();
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}
