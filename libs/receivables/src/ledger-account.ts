import type { LocalizedText } from '@ronghe/contracts';
import type { Money } from '@ronghe/kernel';

/** Which side of an account grows it. */
export type NormalSide = 'debit' | 'credit';

export interface LedgerAccount {
  code: string;
  name: LocalizedText;
  normalSide: NormalSide;
  /** Control accounts carry a sub-ledger: each line names the customer's account. */
  isControl: boolean;
}

/** What was booked on one ledger account. */
export interface TrialBalanceRow {
  account: LedgerAccount;
  debit: Money;
  credit: Money;
}

/** The chart of accounts, numbered as Chinese enterprises number theirs (Accounting Standards for Business Enterprises, appendix). */
export const chartOfAccounts = {
  cash: account('1001', 'Cash on hand', '库存现金', 'debit'),
  bank: account('1002', 'Bank deposits', '银行存款', 'debit'),
  cashOverShort: account('1901', 'Cash over and short', '待处理财产损溢（现金长短款）', 'debit'),
  receivable: account('1122', 'Accounts receivable', '应收账款', 'debit', true),
  customerCredit: account('2203', 'Customer credit', '预收账款', 'credit', true),
  prepayment: account('2204', 'Customer prepayment', '合同负债（客户预存款）', 'credit', true),
  transferClearing: account('2241', 'Transfers between prepayments', '其他应付款（余额转赠清算）', 'credit'),
  deposit: account('2242', 'Deposits of customers', '其他应付款（客户押金）', 'credit', true),
  unidentified: account('2243', 'Receipts not identified yet', '其他应付款（待查收款）', 'credit'),
  taxPayable: account('2221', 'Output value-added tax', '应交税费（销项税额）', 'credit'),
  revenue: account('6001', 'Service revenue', '主营业务收入', 'credit'),
  otherIncome: account('6301', 'Prepayments that ended', '营业外收入（余额到期）', 'credit'),
  badDebt: account('6702', 'Bad debts', '信用减值损失（坏账）', 'debit'),
  goodwill: account('6601', 'Goodwill to customers', '销售费用（客户补偿）', 'debit'),
} as const satisfies Record<string, LedgerAccount>;

export type LedgerAccountName = keyof typeof chartOfAccounts;

/** The account of a code; undefined when the chart has none. */
export function ledgerAccountOf(code: string): LedgerAccount | undefined {
  return Object.values(chartOfAccounts).find((entry) => entry.code === code);
}

function account(
  code: string,
  en: string,
  zh: string,
  normalSide: NormalSide,
  isControl = false,
): LedgerAccount {
  return { code, name: { en, 'zh-CN': zh }, normalSide, isControl };
}
