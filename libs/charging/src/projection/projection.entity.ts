import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** An account as the customer domain opened it; `opened_through` says how far its balances are open. */
@Entity({ schema: 'charging', name: 'account' })
@Index('account_opened_through', ['openedThrough'])
@Index('account_balance_group', ['balanceGroupId'])
@Index('account_group_unknown', ['accountId'], { where: `not is_group_known` })
export class AccountEntity {
  @PrimaryColumn('uuid', { name: 'account_id' })
  accountId!: string;

  @Column('smallint')
  lane!: number;

  /** The accounts that may share; all lie in one lane. */
  @Column('uuid', { name: 'balance_group_id' })
  balanceGroupId!: string;

  /** False: the group is a stand-in, the account's own id, and the customer domain is to be asked for it. */
  @Column('boolean', { name: 'is_group_known', default: true })
  isGroupKnown!: boolean;

  @Column('uuid', { name: 'customer_id' })
  customerId!: string;

  @Column('text')
  zone!: string;

  @Column('smallint', { name: 'bill_day' })
  billDay!: number;

  @Column('text', { name: 'payment_mode' })
  paymentMode!: string;

  @Column('integer')
  version!: number;

  @Column('timestamptz', { name: 'opened_through' })
  openedThrough!: Date;

  /** Goes up with every change of the account's products: whoever has read them knows by it that nothing changed. */
  @Column('integer', { name: 'products_version', default: 0 })
  productsVersion!: number;

  /** It pays for another account, or another one for it, in some period. */
  @Column('boolean', { name: 'shares_money', default: false })
  sharesMoney!: boolean;

  /** Something was said of a spend cap of one of its products. */
  @Column('boolean', { name: 'caps_spending', default: false })
  capsSpending!: boolean;

  /** The latest states of its products, where these are few (account-products.store). */
  @Column('json', { nullable: true })
  products!: unknown;
}

/** A bill cycle that some account has: its period starts are scheduled. */
@Entity({ schema: 'charging', name: 'bill_cycle' })
export class BillCycleEntity {
  @PrimaryColumn('text')
  zone!: string;

  @PrimaryColumn('smallint', { name: 'bill_day' })
  billDay!: number;
}

/** Where a product's rows lie. */
@Entity({ schema: 'charging', name: 'product_locator' })
export class ProductLocatorEntity {
  @PrimaryColumn('uuid', { name: 'product_id' })
  productId!: string;

  @Column('smallint')
  lane!: number;

  @Column('uuid', { name: 'account_id' })
  accountId!: string;

  @Column('uuid', { name: 'card_group_id' })
  cardGroupId!: string;
}

/** A product as it stood after a change; rows are only added. */
@Entity({ schema: 'charging', name: 'product_version' })
@Index('product_version_account', ['lane', 'accountId'])
export class ProductVersionEntity {
  @PrimaryColumn('smallint')
  lane!: number;

  @PrimaryColumn('uuid', { name: 'product_id' })
  productId!: string;

  @PrimaryColumn('integer')
  version!: number;

  @Column('uuid', { name: 'account_id' })
  accountId!: string;

  @Column('uuid', { name: 'card_group_id' })
  cardGroupId!: string;

  @Column('timestamptz', { name: 'effective_from' })
  effectiveFrom!: Date;

  @Column('timestamptz', { name: 'effective_to', nullable: true })
  effectiveTo!: Date | null;

  @Column('jsonb')
  state!: unknown;

  @Column('text')
  cause!: string;

  @Column('timestamptz', { name: 'recorded_at' })
  recordedAt!: Date;
}

/** Who held a number, and when. */
@Entity({ schema: 'charging', name: 'number_holder' })
@Index('number_holder_product', ['productId'])
export class NumberHolderEntity {
  @PrimaryColumn('text', { collation: 'C' })
  number!: string;

  @PrimaryColumn('uuid', { name: 'product_id' })
  productId!: string;

  @Column('smallint')
  lane!: number;

  @Column('uuid', { name: 'account_id' })
  accountId!: string;

  /** Of the product, whose it stays. */
  @Column('uuid', { name: 'card_group_id' })
  cardGroupId!: string;

  @Column('timestamptz', { name: 'valid_from' })
  validFrom!: Date;

  @Column('timestamptz', { name: 'valid_to', nullable: true })
  validTo!: Date | null;

  /** A fee of the product has been unpaid for too long. */
  @Column('boolean', { name: 'is_blocked', default: false })
  isBlocked!: boolean;
}

/** A published offer version. */
@Entity({ schema: 'charging', name: 'offer' })
@Index('offer_corrections', ['code'], { where: `document ? 'corrects'` })
export class OfferEntity {
  @PrimaryColumn('text')
  code!: string;

  @PrimaryColumn('integer')
  version!: number;

  @Column('jsonb')
  document!: unknown;
}

/** A published policy version. */
@Entity({ schema: 'charging', name: 'policy' })
export class PolicyEntity {
  @PrimaryColumn('text')
  code!: string;

  @PrimaryColumn('integer')
  version!: number;

  @Column('text')
  kind!: string;

  @Column('date', { name: 'effective_from' })
  effectiveFrom!: string;

  @Column('date', { name: 'effective_to', nullable: true })
  effectiveTo!: string | null;

  /** The version that a zone plan or calendar mends; beside the document, which may be large. */
  @Column('integer', { nullable: true })
  corrects!: number | null;

  @Column('jsonb')
  document!: unknown;
}
