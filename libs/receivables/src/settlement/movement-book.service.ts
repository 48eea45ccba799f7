import { Injectable } from '@nestjs/common';
import { localDateOf, moneyToDecimal, newId, type Money } from '@ronghe/kernel';
import { requestContext, Transactions, type Tx } from '@ronghe/platform';
import type { AccountLedger, LedgerChange, SourceKind } from '../account-ledger';
import { findAccount, type KnownAccount } from '../account.store';
import type { MovementKind } from '../journal-entry';
import { CashDrawer } from '../cashier/cash-drawer.service';
import { lockLedger, saveChange } from '../ledger.store';
import { valueDateOf, type PaymentMethod } from '../payment';
import { accountNotFound } from '../receivables.errors';
import type { Movement, MovementAnswer } from './movement';
import { insertMovement } from './movement.store';
import type { MovementHead } from './settlement';

/** What every such command says. */
export interface MovementRequest {
  accountId: string;
  method?: PaymentMethod | null | undefined;
  reason?: string | null | undefined;
  valueDate?: string | null | undefined;
}

/** What a command has decided on the locked ledger. */
export interface Decided {
  change: LedgerChange;
  amount: Money;
  referenceId?: string | null;
}

/** The account whose ledger is locked, and the head of the movement's entry. */
export interface Desk {
  tx: Tx;
  account: KnownAccount;
  ledger: AccountLedger;
  head: MovementHead;
}

const sourceOf: Readonly<Record<MovementKind, SourceKind>> = {
  'credit-used': 'credit',
  unallocation: 'credit',
  refund: 'credit',
  'deposit-taken': 'deposit',
  'deposit-returned': 'deposit',
  'deposit-used': 'deposit',
  'write-off': 'write-off',
  recovery: 'write-off',
  'receipt-unmatched': 'credit',
};

/** Carries out movements: once for a key, on the account's locked ledger, the movement and its posting in one transaction. */
@Injectable()
export class MovementBook {
  constructor(
    private readonly transactions: Transactions,
    private readonly drawer: CashDrawer,
  ) {}

  /** @throws DomainError `account_not_found`, `value_date_invalid`, and what the decision throws. */
  once(
    kind: MovementKind,
    key: string,
    request: MovementRequest & { billIds?: readonly string[] },
    decide: (desk: Desk) => Promise<Decided>,
  ): Promise<MovementAnswer> {
    return this.transactions.once(`receivables.${kind}`, key, request, (tx) =>
      this.carryOut(tx, kind, request, decide),
    );
  }

  /** The same within the caller's transaction. */
  async carryOut(
    tx: Tx,
    kind: MovementKind,
    request: MovementRequest & { billIds?: readonly string[] },
    decide: (desk: Desk) => Promise<Decided>,
  ): Promise<MovementAnswer> {
    const { accountId } = request;
    const account = await findAccount(tx, accountId);
    if (!account) throw accountNotFound(accountId);
    const { lane } = account;
    const ledger = await lockLedger(tx, lane, accountId, request.billIds);
    const head = { movementId: newId(), at: tx.now };
    const { change, amount, referenceId = null } = await decide({ tx, account, ledger, head });
    const movement: Movement = {
      ...{ movementId: head.movementId, lane, accountId, kind, amount, referenceId },
      method: request.method ?? null,
      reason: request.reason ?? null,
      valueDate: valueDateOf(request.valueDate ?? null, localDateOf(tx.now, account.zone)),
      recordedAt: tx.now,
      recordedBy: requestContext().actor?.id ?? 'system',
    };
    await insertMovement(tx, movement);
    const { movementId: receiptOf, method } = movement;
    await this.drawer.note(tx, { method, kind, referenceId: receiptOf, accountId, amount });
    const source = { kind: sourceOf[kind], id: movement.movementId, valueDate: movement.valueDate };
    await saveChange(tx, change, source);
    return movementAnswer(movement);
  }
}

/** A movement as it is answered. */
export function movementAnswer({ lane: _lane, amount, ...movement }: Movement): MovementAnswer {
  return { ...movement, amount: moneyToDecimal(amount) };
}
