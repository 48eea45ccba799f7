import { Injectable } from '@nestjs/common';
import type { OnlineChargingPolicy } from '@ronghe/contracts';
import { localDateOf } from '@ronghe/kernel';
import { SystemClock, Transactions, type Tx } from '@ronghe/platform';
import { groupPeriodId } from '../../balance/group-period';
import { findGroupPeriods } from '../../balance/group-period.store';
import { FundsBook } from '../../money-sharing/funds-book';
import { readFunds } from '../../money-sharing/funds.store';
import type { PurseKey } from '../../money/purse.store';
import { defaultCapOf } from '../../spend-cap/reached-caps';
import { spendingOf } from '../../spend-cap/spend-cap';
import { readSpending } from '../../spend-cap/spend-cap.store';
import { findUsages } from '../../usage/rated-usage.store';
import { findOpenSessions, type SessionOfAccount } from '../batch-read.store';
import { OnlinePolicies } from '../online-policies.service';
import { onlineUseOf, type OnlineUse } from '../online-policy';
import type { Session } from '../session';
import { SessionBooks } from '../session-books.service';
import { dayOfSession, spendPlacesOf } from '../spend-places';
import { creditOf, type CreditState } from './credit-check';
import { ATTEMPTS_LIMIT, notifyRequest, transportTo, type SessionNotification } from './notification';
import { postNotification } from './notify.adapter';
import {
  addNotifications,
  hasNotificationWork,
  keepCreditChanges,
  saveTries,
  takeCreditChanges,
  takeDue,
  type DueNotification,
  type NotificationEnd,
} from './session-notification.store';

/** Accounts that one transaction looks at. */
const ACCOUNTS_AT_ONCE = 20;
/** Open sessions of a set of accounts that one transaction looks at. */
const SESSIONS_LIMIT = 2000;
/** Notifications that are sent side by side. */
const SENT_AT_ONCE = 16;
/** The zone whose day says which policy is in force. */
const OPERATOR_ZONE = 'Asia/Shanghai';

/** An open session and what its credit has come to. */
export interface CheckedCredit extends CreditState {
  session: Session;
}

/** Finds sessions whose credit ended or came back, and tells their network functions (TS 32.291 §6.1.5.2). */
@Injectable()
export class SessionNotifications {
  /** Open sessions that one transaction looks at; fewer where a test wants several. */
  sessionsAtOnce = SESSIONS_LIMIT;

  constructor(
    private readonly transactions: Transactions,
    private readonly clock: SystemClock,
    private readonly books: SessionBooks,
    private readonly policies: OnlinePolicies,
  ) {}

  /** Open sessions of an account, of its oldest 2,000, that hold nothing any more and can get nothing. */
  async toCut(account: PurseKey): Promise<CheckedCredit[]> {
    const checked = await this.transactions.read(async (tx) =>
      this.check(tx, await findOpenSessions(tx, [account], { onlyNotifiable: false, limit: SESSIONS_LIMIT })),
    );
    return checked.filter(({ isCut }) => isCut);
  }

  isPending(): Promise<boolean> {
    return this.transactions.read((tx) => hasNotificationWork(tx, this.clock.now()));
  }

  /** Turns what was noted into notifications; true while there is more. */
  look(): Promise<boolean> {
    return this.transactions.run(async (tx) => {
      const changes = await takeCreditChanges(tx, ACCOUNTS_AT_ONCE);
      if (changes.length === 0) return false;
      const limit = this.sessionsAtOnce;
      const found = await findOpenSessions(tx, changes, { onlyNotifiable: true, limit });
      const checked = await this.check(tx, found);
      await addNotifications(tx, checked.flatMap(notificationOf), this.clock.now());
      const last = found.at(-1);
      if (last && found.length >= limit) await keepCreditChanges(tx, changes, last.session.sessionId);
      return true;
    });
  }

  /** Sends what is due; true while there is more. A killed process sends again what it had not noted as sent. */
  async send(): Promise<boolean> {
    const { due, hosts } = await this.transactions.run(async (tx) => ({
      due: await takeDue(tx, this.clock.now(), SENT_AT_ONCE),
      hosts: (await this.policyOf(tx)).notifyHosts ?? [],
    }));
    const tries = await Promise.all(due.map(async (each) => ({ ...each, ...(await tryOnce(each, hosts)) })));
    await this.transactions.run((tx) => saveTries(tx, tries, this.clock.now()));
    return due.length > 0;
  }

  private policyOf(tx: Tx): Promise<OnlineChargingPolicy> {
    return this.policies.on(tx, localDateOf(tx.now, OPERATOR_ZONE));
  }

  private async check(tx: Tx, found: readonly SessionOfAccount[]): Promise<CheckedCredit[]> {
    if (found.length === 0) return [];
    const sessions = found.map(({ session }) => session);
    const books = await this.books.open(
      tx,
      found.map(({ account }) => account),
    );
    const groups = new Map(
      (await findGroupPeriods(tx, distinct(sessions))).map((group) => [groupPeriodId(group), group]),
    );
    const holders = new Map(found.map(({ account }) => [account.accountId, account]));
    const periods = [...new Set(sessions.map(({ period }) => period))];
    const money = new FundsBook(await readFunds(tx, [...holders.values()], periods, { lock: false }));
    const policy = await this.policyOf(tx);
    const places = spendPlacesOf(sessions, [], holders, { now: tx.now, policy });
    const spendings = await readSpending(tx, places, groups, defaultCapOf(policy));
    const usages = await findUsages(
      tx,
      sessions.flatMap(({ lane, lines }) => lines.map(({ usageId }) => ({ lane, usageId }))),
    );
    const usage = new Map(usages.map((each) => [each.usageId, each]));
    return sessions.flatMap((session) => {
      const [group, book] = [groups.get(groupPeriodId(session)), books.get(session.accountId)];
      if (!group || !book) return [];
      const at = { period: session.period, day: dayOfSession(session, book) };
      const spending = spendingOf(spendings, session.productId, at);
      const funds = money.fundsOf(session.accountId, session.period);
      const useOf = (ratingGroup: number) => knownUse(policy, session, ratingGroup);
      return [{ session, ...creditOf({ session, group, funds, spending, usage, book, useOf }, tx.now) }];
    });
  }
}

async function tryOnce(due: DueNotification, hosts: readonly string[]): Promise<NotificationEnd> {
  if (!due.isCurrent) return { state: 'void', outcome: 'the session has another grant, or is over' };
  const transport = transportTo(due.notifyUri, hosts);
  if (transport === null)
    return { state: 'failed', outcome: 'the policy online-charging does not list the host' };
  const { result, outcome } = await postNotification(due.notifyUri, notifyRequest(due), transport);
  if (result === 'done') return { state: 'sent', outcome };
  const isOver = result === 'refused' || due.attempt >= ATTEMPTS_LIMIT;
  return { state: isOver ? 'failed' : 'waiting', outcome };
}

/** What a rating group counts as by the policy, by what it holds, or by the one class that the session has used. */
function knownUse(policy: OnlineChargingPolicy, session: Session, ratingGroup: number): OnlineUse | null {
  const held = session.reserved.find((each) => each.ratingGroup === ratingGroup)?.usageClass;
  const used = new Set(session.lines.map(({ usageClass }) => usageClass));
  const shown = held ?? (used.size === 1 ? ([...used][0] ?? null) : null);
  const isListed = policy.ratingGroups.some((each) => each.ratingGroup === ratingGroup);
  return isListed || shown !== null ? onlineUseOf(policy, ratingGroup, shown) : null;
}

function notificationOf({ session, isCut, isTold, again }: CheckedCredit): SessionNotification[] {
  const { lane, sessionId, accountId, notifyUri, expiresAt: grantedUntil } = session;
  if (notifyUri === null) return [];
  const said = { lane, sessionId, accountId, notifyUri, grantedUntil };
  if (again.length > 0) return [{ ...said, kind: 'REAUTHORIZATION', ratingGroups: again }];
  return isCut && !isTold ? [{ ...said, kind: 'ABORT_CHARGING', ratingGroups: [] }] : [];
}

function distinct(sessions: readonly Session[]): Session[] {
  return [...new Map(sessions.map((session) => [groupPeriodId(session), session])).values()];
}
