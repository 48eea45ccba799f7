import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { BankStatementPolicy } from '@ronghe/contracts';
import { daysBetween, isId, localDateOf, type LocalDate } from '@ronghe/kernel';
import { requestContext, Transactions, type Tx } from '@ronghe/platform';
import { statementFileNotFound, statementSourceUnknown } from '../receivables.errors';
import { VALUE_DATE_DAYS } from '../payment';
import type { ReceiptOutcome } from './receipt';
import { ReceiptService } from './receipt.service';
import { readStatement, type StatementLines } from './statement';
import {
  fileOf,
  findFile,
  findLatestFiles,
  findMapping,
  saveCounts,
  saveProgress,
  type StatementFile,
} from './statement.store';

/** Lines of one transaction: a statement that is killed goes on where it stopped, when it is sent again. */
const CHUNK_LINES = 100;
/** Statements that one answer lists. */
const FILES_LISTED = 20;
/** Where the operator's bank counts its days. */
const BANK_ZONE = 'Asia/Shanghai';

/** Imports bank statements: each line once, however often it, or the file, comes. */
@Injectable()
export class StatementService {
  constructor(
    private readonly transactions: Transactions,
    private readonly receipts: ReceiptService,
  ) {}

  /**
   * Reads a statement and takes its receipts. The same file again answers the same.
   * @throws DomainError `statement_source_unknown`, `statement_unreadable`.
   */
  async import(request: { source: string; name: string; content: string }): Promise<StatementFile> {
    const { source, name, content } = request;
    const contentHash = createHash('sha256').update(content).digest('hex');
    const receivedBy = requestContext().actor?.id ?? 'system';
    const { mapping, today } = await this.transactions.read((tx) => this.mappingOf(tx, source));
    const lines = inTime(readStatement(content, mapping), today);
    const file = await this.transactions.run((tx) => fileOf(tx, { source, name, contentHash, receivedBy }));
    if (file.lines > 0) return file;
    const outcomes = await this.takeAll(lines, mapping, file.fileId);
    const count = (outcome: ReceiptOutcome) => outcomes.filter((each) => each.outcome === outcome).length;
    const differing = outcomes
      .filter(({ outcome }) => outcome === 'differs')
      .map(({ line }) => ({ line, reason: 'differs' }));
    const counts = {
      fileId: file.fileId,
      lines: lines.receipts.length + lines.ignored + lines.refused.length,
      matched: count('matched'),
      unmatched: count('unmatched'),
      duplicates: count('duplicate'),
      ignored: lines.ignored,
      refused: [...lines.refused, ...differing].sort((a, b) => a.line - b.line),
    };
    await this.transactions.run((tx) => saveCounts(tx, counts));
    return this.get(file.fileId);
  }

  /** @throws DomainError `statement_file_not_found`. */
  async get(fileId: string): Promise<StatementFile> {
    const file = isId(fileId) ? await this.transactions.read((tx) => findFile(tx, fileId)) : null;
    if (!file) throw statementFileNotFound(fileId);
    return file;
  }

  /** Latest statements, newest first; one that is being imported says how far it is. */
  latest(): Promise<StatementFile[]> {
    return this.transactions.read((tx) => findLatestFiles(tx, FILES_LISTED));
  }

  private async takeAll(
    { receipts }: StatementLines,
    { matchBy }: BankStatementPolicy,
    fileId: string,
  ): Promise<{ line: number; outcome: ReceiptOutcome }[]> {
    const outcomes: { line: number; outcome: ReceiptOutcome }[] = [];
    for (let start = 0; start < receipts.length; start += CHUNK_LINES) {
      const chunk = receipts.slice(start, start + CHUNK_LINES);
      const taken = await this.transactions.run(async (tx) => {
        const results: { line: number; outcome: ReceiptOutcome }[] = [];
        for (const { line, fact } of chunk) {
          const { outcome } = await this.receipts.take(tx, fact, { matchBy, method: 'transfer', fileId });
          results.push({ line, outcome });
        }
        await saveProgress(tx, fileId, receipts.length, start + chunk.length);
        return results;
      });
      outcomes.push(...taken);
    }
    return outcomes;
  }

  private async mappingOf(
    tx: Tx,
    source: string,
  ): Promise<{ mapping: BankStatementPolicy; today: LocalDate }> {
    const today = localDateOf(tx.now, BANK_ZONE);
    const mapping = await findMapping(tx, source, today);
    if (!mapping) throw statementSourceUnknown(source);
    return { mapping, today };
  }
}

/** Lines whose day is to come, or more than a year ago, are refused: they cannot be payments. */
function inTime(lines: StatementLines, today: LocalDate): StatementLines {
  const isInTime = (day: LocalDate) => day <= today && daysBetween(day, today) < VALUE_DATE_DAYS;
  const late = lines.receipts.filter(({ fact }) => !isInTime(fact.valueDate));
  return {
    ...lines,
    receipts: lines.receipts.filter(({ fact }) => isInTime(fact.valueDate)),
    refused: [...lines.refused, ...late.map(({ line }) => ({ line, reason: 'value-date' }))],
  };
}
