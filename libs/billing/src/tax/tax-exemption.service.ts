import { Injectable } from '@nestjs/common';
import { isId, localDateOf, newId, parseLocalDate, type LocalDate } from '@ronghe/kernel';
import { requestContext, Transactions, type Tx } from '@ronghe/platform';
import { billingErrors } from '../billing.errors';
import { accountKeys, findAccount, lockAccounts, type BilledAccount } from '../projection/account.store';
import type { TaxExemption } from './tax-exemption';
import { endExemption, findExemptions, insertExemption } from './tax-exemption.store';

export interface ExemptionRequest {
  accountId: string;
  certificate: string;
  from: string;
  to: string | null;
}

/** Frees accounts from tax from a day on: what was billed keeps its rate, so none begins or ends in the past. */
@Injectable()
export class TaxExemptionService {
  constructor(private readonly transactions: Transactions) {}

  /** @throws DomainError `account_not_found`, `invalid_local_date`, `exemption_day_invalid`. */
  grant(request: ExemptionRequest, idempotencyKey: string): Promise<TaxExemption> {
    return this.transactions.once('billing.grantTaxExemption', idempotencyKey, request, async (tx) => {
      const account = await locked(tx, request.accountId);
      const today = localDateOf(tx.now, account.cycle.zone);
      const from = notBefore(request.from, today);
      const to = request.to === null ? null : notBefore(request.to, from);
      const { accountId, certificate } = request;
      const exemption = { exemptionId: newId(), accountId, certificate, from, to };
      await insertExemption(tx, account.lane, exemption, requestContext().actor?.id ?? 'system');
      return exemption;
    });
  }

  /** @throws DomainError `account_not_found`, `exemption_not_found`, `invalid_local_date`, `exemption_day_invalid`. */
  end(
    request: { accountId: string; exemptionId: string; to: string },
    idempotencyKey: string,
  ): Promise<TaxExemption> {
    return this.transactions.once('billing.endTaxExemption', idempotencyKey, request, async (tx) => {
      const account = await locked(tx, request.accountId);
      const known = await findExemptions(tx, accountKeys([account]));
      const exemption = known.find(({ exemptionId }) => exemptionId === request.exemptionId);
      if (!exemption) throw billingErrors.exemptionNotFound(request.exemptionId);
      const today = localDateOf(tx.now, account.cycle.zone);
      const to = notBefore(request.to, exemption.from > today ? exemption.from : today);
      if (exemption.to !== null && exemption.to < today)
        throw billingErrors.exemptionDayInvalid(exemption.to, today);
      await endExemption(tx, account.lane, exemption.exemptionId, to);
      return { ...exemption, to };
    });
  }

  /** @throws DomainError `account_not_found`. */
  ofAccount(accountId: string): Promise<TaxExemption[]> {
    return this.transactions.read(async (tx) => {
      const account = await findAccount(tx, accountId);
      if (!account) throw billingErrors.accountNotFound(accountId);
      return findExemptions(tx, accountKeys([account]));
    });
  }
}

async function locked(tx: Tx, accountId: string): Promise<BilledAccount> {
  const [account] = isId(accountId) ? await lockAccounts(tx, [accountId]) : [];
  if (!account) throw billingErrors.accountNotFound(accountId);
  return account;
}

function notBefore(text: string, earliest: LocalDate): LocalDate {
  const day = parseLocalDate(text);
  if (day < earliest) throw billingErrors.exemptionDayInvalid(day, earliest);
  return day;
}
