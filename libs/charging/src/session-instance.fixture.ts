import { BusinessClock, SystemClock, Transactions } from '@ronghe/platform';
import type { TestOperator } from '@ronghe/testing';
import { AccountBooks } from './balance/account-books.service';
import { PeriodOpening } from './balance/period-opening.service';
import { BatchRecall } from './session/batch-recall.service';
import { BatchRun } from './session/batch-run.service';
import { FirstComers } from './session/first-comers.service';
import { OnlinePolicies } from './session/online-policies.service';
import { SessionBooks } from './session/session-books.service';
import type { SessionMemory } from './session/session-memory.service';
import { Sessions } from './session/session.service';
import { TotalsPublisher } from './session/totals-publisher.service';

/** Another process over the operator's database, as far as memory of sessions goes, with what recalls its batches. */
export function sessionInstance(
  operator: TestOperator,
  memory: SessionMemory,
): { sessions: Sessions; recall: BatchRecall } {
  const clock = operator.get(SystemClock);
  const books = new SessionBooks(operator.get(AccountBooks));
  const policies = operator.get(OnlinePolicies);
  const batches = new BatchRun(clock, books, operator.get(PeriodOpening), policies, memory);
  const businessClock = operator.get(BusinessClock);
  const recall = new BatchRecall(businessClock, clock, books, policies, memory);
  const transactions = operator.get(Transactions);
  const firstComers = new FirstComers(transactions, books, memory, businessClock);
  const totals = operator.get(TotalsPublisher);
  return { sessions: new Sessions(transactions, firstComers, batches, recall, totals), recall };
}
