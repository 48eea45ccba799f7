import type { Purse } from '@ronghe/rating';
import type { Funds } from './funds';
import {
  payerOf,
  shareUseId,
  unusedShare,
  type MoneyShareUse,
  type MoneySharing,
  type ShareUseChange,
} from './money-sharing';

/** Purses, and who pays for whom. */
export interface FundsRead {
  /** By account id, also those of owners who pay for others. */
  purses: ReadonlyMap<string, Purse>;
  /** Of the balance groups of accounts that share, in every period. */
  sharings: readonly MoneySharing[];
  uses: ReadonlyMap<string, MoneyShareUse>;
}

/** The money of several accounts while they spend it: each sees what those before it left. */
export class FundsBook {
  private readonly purses: Map<string, Purse>;
  private readonly uses: Map<string, MoneyShareUse>;
  private readonly changed = new Map<string, MoneySharing>();

  constructor(private readonly read: FundsRead) {
    this.purses = new Map(read.purses);
    this.uses = new Map(read.uses);
  }

  /** All that an account may spend on what it uses in a period; null for one that pays by bill. */
  fundsOf(accountId: string, period: string): Funds | null {
    const purse = this.purses.get(accountId);
    if (!purse) return null;
    if (this.read.sharings.length === 0) return { purse, shared: null };
    const sharing = payerOf(this.read.sharings, accountId, period);
    const owner = sharing && this.purses.get(sharing.ownerAccountId);
    if (!sharing || !owner) return { purse, shared: null };
    const { sharingId } = sharing;
    const use = this.uses.get(shareUseId({ sharingId, period })) ?? unusedShare(sharingId, period);
    return { purse, shared: { sharing, purse: owner, use } };
  }

  /** Takes over what became of funds. */
  keep({ purse, shared }: Funds): void {
    this.purses.set(purse.accountId, purse);
    if (!shared) return;
    this.purses.set(shared.purse.accountId, shared.purse);
    const id = shareUseId(shared.use);
    if ((this.uses.get(id) ?? null) === shared.use) return;
    this.uses.set(id, shared.use);
    this.changed.set(id, shared.sharing);
  }

  /** Accounts whose money an account uses, or which use the same as it does. */
  sharersOf(accountId: string): string[] {
    const owners = new Set(
      this.read.sharings
        .filter((each) => each.memberAccountId === accountId || each.ownerAccountId === accountId)
        .map(({ ownerAccountId }) => ownerAccountId),
    );
    return this.read.sharings
      .filter(({ ownerAccountId }) => owners.has(ownerAccountId))
      .flatMap(({ ownerAccountId, memberAccountId }) => [ownerAccountId, memberAccountId]);
  }

  /** What sharings paid, to be written. */
  shareUses(): ShareUseChange[] {
    return [...this.changed].flatMap(([id, sharing]) => {
      const after = this.uses.get(id);
      const before = this.read.uses.get(id);
      const zero = unusedShare('', '');
      if (!after || (after.used === (before ?? zero).used && after.reserved === (before ?? zero).reserved))
        return [];
      return [{ sharing, before: (before ?? zero).used, after }];
    });
  }
}
