import type { OperatorApi } from './operator-api';

/** A usage file as the collection counted it. */
export interface CollectedFile {
  fileId: string;
  read: number;
  rated: number;
  duplicates: number;
  suspended: number;
}

interface FileAnswer extends CollectedFile {
  state: string;
  reason?: string | null;
}

const SOURCE = 'mediation';
const POLL_MS = 150;
const TIMEOUT_MS = 120_000;

/** Delivers a usage file and waits until it has been collected. The same key again delivers nothing new. */
export async function deliverUsage(
  api: OperatorApi,
  name: string,
  csv: string,
  key: string,
): Promise<CollectedFile> {
  const path = `/usage/files?source=${SOURCE}&name=${encodeURIComponent(name)}`;
  const { fileId } = await api.upload<{ fileId: string }>('operations', path, csv, 'text/csv', key);
  const deadline = Date.now() + TIMEOUT_MS;
  for (;;) {
    const file = await api.rest<FileAnswer>('operations', 'GET', `/usage/files/${fileId}`);
    if (file.state === 'collected') return file;
    if (file.state === 'failed') throw new Error(`${name} could not be collected: ${file.reason ?? ''}`);
    if (Date.now() > deadline)
      throw new Error(`${name} is still being collected after ${TIMEOUT_MS / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** Says that the source has delivered everything up to an instant: the bill runs wait for it. */
export async function closeSource(api: OperatorApi, through: string, key: string): Promise<void> {
  await api.rest('operations', 'POST', `/usage/sources/${SOURCE}/close`, { through }, key);
}
