import type { Outcome } from './outcome';
import type { Replayed } from './replay';

/** Counts of outcomes, in the order in which they are printed. */
export type Counts = Record<Outcome['status'], number>;

export interface FileReport {
  file: string;
  counts: Counts;
  /** How many vectors are not applicable, by reason. */
  notApplicable: Record<string, number>;
  vectors: Replayed[];
}

/** Counts one file. */
export function reportOf(file: string, vectors: Replayed[]): FileReport {
  const notApplicable: Record<string, number> = {};
  for (const { outcome } of vectors) {
    if (outcome.status === 'not applicable')
      notApplicable[outcome.reason] = (notApplicable[outcome.reason] ?? 0) + 1;
  }
  return { file, counts: countsOf(vectors), notApplicable, vectors };
}

/** Counts all files together. */
export function totalOfReports(reports: readonly FileReport[]): Counts {
  return countsOf(reports.flatMap(({ vectors }) => vectors));
}

function countsOf(vectors: readonly Replayed[]): Counts {
  const counts: Counts = { passed: 0, failed: 0, 'differs by choice': 0, 'not applicable': 0 };
  for (const { outcome } of vectors) counts[outcome.status] += 1;
  return counts;
}

/** What is printed: per file its counts, failures, choices and what is not applicable by reason; then the sum. */
export function summaryOf(reports: readonly FileReport[]): string {
  const total = totalOfReports(reports);
  const all = Object.values(total).reduce((sum, count) => sum + count, 0);
  const share = all === 0 ? '0.0' : ((total['differs by choice'] * 100) / all).toFixed(1);
  const lines = reports.flatMap((report) => [
    `${report.file}: ${inWords(report.counts)}`,
    ...report.vectors.flatMap(detailOf),
    ...Object.entries(report.notApplicable)
      .sort(([, a], [, b]) => b - a)
      .map(([reason, count]) => `  not applicable: ${reason} (${count})`),
  ]);
  return [...lines, `total: ${inWords(total)}; choices ${share} % of ${all}`].join('\n');
}

function inWords(counts: Counts): string {
  return Object.entries(counts)
    .map(([status, count]) => `${count} ${status}`)
    .join(', ');
}

function detailOf({ id, outcome }: Replayed): string[] {
  if (outcome.status === 'failed') return [`  failed: ${id}: ${outcome.reason}`];
  if (outcome.status === 'differs by choice') {
    return [`  differs by choice: ${id}: ${outcome.reason} (docs/semantics.md#${outcome.anchor})`];
  }
  return [];
}
