import { closeSync, existsSync, mkdirSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { isElement, type Change } from './network-elements';

/** Where the network's changes outlive its process: a file to which one line of JSON is added for each. */
export interface Journal {
  append(change: Change): void;
  close(): void;
}

/** Keeps nothing. */
export const noJournal: Journal = { append: () => undefined, close: () => undefined };

/**
 * Opens a journal and hands every change in it, in order, to `replay`. A last line that was cut off by a kill is
 * removed: its request was never answered.
 * @throws Error naming the line, when another line is not a change: the file belongs to something else.
 */
export function openJournal(file: string, replay: (change: Change) => void): Journal {
  mkdirSync(dirname(file), { recursive: true });
  if (existsSync(file)) replayFile(file, replay);
  const descriptor = openSync(file, 'a', 0o600);
  return {
    append: (change) => void writeSync(descriptor, `${JSON.stringify(change)}\n`),
    close: () => closeSync(descriptor),
  };
}

function replayFile(file: string, replay: (change: Change) => void): void {
  const bytes = readFileSync(file);
  const complete = bytes.lastIndexOf('\n') + 1;
  if (complete < bytes.length) truncateSync(file, complete);
  const lines = bytes.subarray(0, complete).toString('utf8').split('\n').slice(0, -1);
  lines.forEach((line, index) => {
    try {
      replay(changeFrom(JSON.parse(line) as Partial<Change>));
    } catch {
      throw new Error(
        `${file}:${index + 1} is not a change of the network simulator; remove the file to begin anew`,
      );
    }
  });
}

function changeFrom({ element, subscriptionId, operation, key, body }: Partial<Change>): Change {
  const isChange = typeof element === 'string' && isElement(element) && typeof subscriptionId === 'string';
  if (!isChange || (operation !== 'put' && operation !== 'delete')) throw new Error('not a change');
  return { element, subscriptionId, operation, key: key ?? '', body: body ?? null };
}
