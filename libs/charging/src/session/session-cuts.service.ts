import { Injectable } from '@nestjs/common';
import { isId, localDateOf } from '@ronghe/kernel';
import { OnJob, PendingWork, Transactions, type JsonObject, type Tx } from '@ronghe/platform';
import { findAccounts } from '../projection/account.store';
import { abortCharging } from './charging-notification.adapter';
import { OnlinePolicies } from './online-policies.service';
import { findSessionsToCut, findSessionsToCutOf, saveCut, type SessionToCut } from './session-cut.store';

export const CUT_SESSIONS = 'charging.cutSessions';

/** Network functions that are told at once. */
const TOLD_AT_ONCE = 20;
/** Sessions of one account that are named. */
const NAMED_LIMIT = 100;
/** The zone whose day says which policy is in force. */
const OPERATOR_ZONE = 'Asia/Shanghai';

/**
 * Has sessions of accounts that owe ended: those that hold nothing and so can only use what nobody has paid for. What is to
 * be told follows from what is stored, so that a killed process tells it later; perhaps twice.
 */
@Injectable()
export class SessionCuts {
  constructor(
    private readonly transactions: Transactions,
    private readonly policies: OnlinePolicies,
  ) {}

  /** The sessions of an account that should be ended. */
  ofAccount(accountId: string): Promise<string[]> {
    return this.transactions.read(async (tx) => {
      const [account] = isId(accountId) ? await findAccounts(tx, [accountId]) : [];
      return account ? findSessionsToCutOf(tx, account, NAMED_LIMIT) : [];
    });
  }

  /** Tells each network function once that answers; one that does not is told with the next sweep. */
  @OnJob(CUT_SESSIONS)
  async cut(): Promise<void> {
    let after: SessionToCut | null = null;
    for (;;) {
      const { sessions, hosts } = await this.transactions.read(async (tx) => ({
        sessions: await findSessionsToCut(tx, after, TOLD_AT_ONCE),
        hosts: await this.hostsOf(tx),
      }));
      const last = sessions.at(-1);
      if (!last) return;
      after = last;
      const told = await Promise.all(
        sessions.map(async (session) => !isAllowed(session, hosts) || abortCharging(session.notifyUri)),
      );
      const cut = sessions.filter((_, index) => told[index]);
      await this.transactions.run((tx) => saveCut(tx, cut));
    }
  }

  @PendingWork(CUT_SESSIONS)
  async pending(): Promise<JsonObject[]> {
    const sessions = await this.transactions.read((tx) => findSessionsToCut(tx, null, 1));
    return sessions.length > 0 ? [{}] : [];
  }

  private async hostsOf(tx: Tx): Promise<ReadonlySet<string>> {
    const policy = await this.policies.on(tx, localDateOf(tx.now, OPERATOR_ZONE));
    return new Set(policy.notifyHosts);
  }
}

/** Whether the policy lets the host be called; one that it does not is passed over. */
function isAllowed({ notifyUri }: SessionToCut, hosts: ReadonlySet<string>): boolean {
  return URL.canParse(notifyUri) && hosts.has(new URL(notifyUri).hostname);
}
