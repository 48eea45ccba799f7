import { execFile } from 'node:child_process';
import { join } from 'node:path';

export interface ReadPdf {
  /** The text of each page. */
  pages: string[];
  fonts: { name: string; isEmbedded: boolean; type: string }[];
  info: Record<string, unknown>;
}

/** Reads a PDF with another's reader, in a process of its own because that is an ES module. */
export function readPdf(pdf: Buffer): Promise<ReadPdf> {
  return new Promise((resolve, reject) => {
    const reader = execFile(
      process.execPath,
      [join(__dirname, 'pdf-text.mjs')],
      { maxBuffer: 64 * 1024 * 1024 },
      (error, stdout) => (error ? reject(error) : resolve(JSON.parse(stdout) as ReadPdf)),
    );
    reader.stdin?.end(pdf);
  });
}
