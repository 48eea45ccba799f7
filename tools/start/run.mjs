import fs from 'node:fs';
import path from 'node:path';
import { closeDatabase } from '../database.mjs';
import { reportFailure } from '../failure.mjs';
import { mainData } from '../postgres/settings.mjs';
import { status } from '../postgres/cluster.mjs';
import { killChildren, stopChildren } from '../process/children.mjs';
import { sendSignal } from '../process/identity.mjs';
import { Interruption, untilInterrupted } from '../process/interruption.mjs';
import { claim, unclaim } from './claim.mjs';
import { readOptions, usage } from './options.mjs';
import { runSession } from './session.mjs';

/** @param {string[]} argv @returns {Promise<number>} exit code */
export async function main(argv) {
  let report = null;
  let hasStayedUp = false;
  try {
    const options = readOptions(argv);
    if (options.help) {
      console.log(usage);
      return 0;
    }
    await claim();
    report = options.report;
    // An old report must not be taken for this run's.
    if (report) fs.rmSync(report, { force: true });
    const onUp = () => (hasStayedUp = true);
    return await untilInterrupted({ work: (signal) => runSession(options, signal, onUp), cleanUp, force });
  } catch (error) {
    // Ending a product that runs is no failure.
    if (error instanceof Interruption && hasStayedUp) return 0;
    const code = reportFailure(error);
    if (report) writeFailedReport(report, error);
    return code;
  }
}

async function cleanUp() {
  await stopChildren();
  await closeDatabase();
  unclaim();
}

/** Ends at once: the embedded server loses nothing by it, it recovers at the next start. */
function force() {
  killChildren();
  const server = process.env.DATABASE_URL ? null : status({ data: mainData });
  if (server) sendSignal(server.pid, 'SIGQUIT');
}

/** A start that failed before the journey could report says so in the report's place. */
function writeFailedReport(report, error) {
  if (fs.existsSync(report)) return;
  try {
    fs.mkdirSync(path.dirname(report), { recursive: true });
    fs.writeFileSync(
      report,
      `${JSON.stringify({ ok: false, error: String(error.message ?? error) }, null, 2)}\n`,
    );
  } catch (cause) {
    console.error(`The report ${report} cannot be written (${cause.message}).`);
  }
}
