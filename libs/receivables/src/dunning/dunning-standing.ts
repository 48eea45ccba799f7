import type { DunningPolicy, LocalizedText, ServiceClass } from '@ronghe/contracts';
import type { Instant, LocalDate, Money } from '@ronghe/kernel';
import type { CaseStep } from './dunning-case';
import type { DunningAccount } from './dunning-review';
import type { Stop } from './dunning-state';

/** A step as it was written down. */
export interface StoredStep {
  no: number;
  kind: CaseStep['kind'];
  state: { code: string; name: LocalizedText } | null;
  stop: Stop;
  overdue: Money;
  overdueDays: number | null;
  at: Instant;
}

/** A case as it was written down, with its steps. */
export interface StoredCase {
  caseId: string;
  service: ServiceClass;
  stop: Stop;
  stateCode: string | null;
  openedAt: Instant;
  closedAt: Instant | null;
  steps: StoredStep[];
}

/** An account in dunning with all that its next steps follow from. */
export interface AccountInDunning {
  account: DunningAccount;
  bearsLateFee: boolean;
  termsReason: string | null;
  /** The policy in force today. */
  policy: DunningPolicy | undefined;
  today: LocalDate;
}
