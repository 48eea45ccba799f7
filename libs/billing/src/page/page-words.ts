/** The languages of a bill page. */
export type PageLanguage = 'en' | 'zh-CN';

/** The fixed words of a bill page. */
export interface PageWords {
  operator: string;
  bill: string;
  creditNote: string;
  statement: string;
  balance: string;
  opening: string;
  paidIn: string;
  usedOfBalance: string;
  paidForAccount: string;
  expired: string;
  transferred: string;
  /** Before the number of an account. */
  usedByAccount: string;
  usedFromAccount: string;
  adjusted: string;
  closing: string;
  usedOfBonuses: string;
  bonusOpening: string;
  bonusesGiven: string;
  bonusesExpired: string;
  bonusClosing: string;
  paidBy: string;
  paidByOwnMoney: string;
  paidByBonuses: string;
  paidByOtherPeriods: string;
  settled: string;
  rounding: string;
  nothingDue: string;
  number: string;
  period: string;
  customer: string;
  account: string;
  issued: string;
  charge: string;
  amount: string;
  discount: string;
  discounts: string;
  net: string;
  why: string;
  subtotal: string;
  total: string;
  taxes: string;
  rate: string;
  gross: string;
  tax: string;
  due: string;
  paid: string;
  /** A sentence, with `{day}`. */
  payBy: string;
  howToPay: string;
  notPosted: string;
  credited: string;
  serviceOf: string;
  pricesIncludeTax: string;
  otherLanguage: string;
  yuan: string;
  lastMonths: string;
  annex: string;
  /** `{page}` is the number. */
  page: string;
  asPdf: string;
}

/** The fixed words in one language. */
export function wordsIn(language: PageLanguage): PageWords {
  return language === 'zh-CN' ? chinese : english;
}

/** A card's name as people say it: `main`, `sub2`, `iptv`, `fixed`; others as they are. */
export function cardName(card: string, language: PageLanguage): string {
  const match = /^([a-z]+?)(\d*)$/.exec(card);
  const name = cardNames[match?.[1] ?? ''];
  if (card === '') return language === 'zh-CN' ? '其他费用' : 'Other charges';
  return name ? `${name[language]}${match?.[2] ? ` ${match[2]}` : ''}` : card;
}

/** `zh-CN` when the query or the browser asks for Chinese, else English. */
export function languageOf(asked: string | undefined, acceptLanguage: string | undefined): PageLanguage {
  const wish = asked ?? acceptLanguage?.split(',')[0] ?? '';
  return wish.trim().toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

const cardNames: Record<string, Record<PageLanguage, string>> = {
  main: { en: 'Main card', 'zh-CN': '主卡' },
  sub: { en: 'Sub card', 'zh-CN': '副卡' },
  broadband: { en: 'Broadband', 'zh-CN': '宽带' },
  iptv: { en: 'IPTV', 'zh-CN': '天翼高清' },
  fixed: { en: 'Fixed line', 'zh-CN': '固定电话' },
  cloud: { en: 'Cloud storage', 'zh-CN': '云盘' },
};

const english: PageWords = {
  operator: 'Ronghe',
  bill: 'Bill',
  creditNote: 'Credit note',
  statement: 'Prepaid statement',
  balance: 'Your balance',
  opening: 'At the start of the period',
  paidIn: 'Paid in',
  usedOfBalance: 'Used',
  paidForAccount: 'For account',
  expired: 'Expired',
  transferred: 'Transferred',
  usedByAccount: 'Shared: used by account',
  usedFromAccount: 'Shared: used from account',
  adjusted: 'Adjusted',
  closing: 'At the end of the period',
  usedOfBonuses: 'Bonuses used',
  bonusOpening: 'Bonuses at the start of the period',
  bonusesGiven: 'Bonuses given',
  bonusesExpired: 'Bonuses expired',
  bonusClosing: 'Bonuses at the end of the period',
  paidBy: 'What paid the charges above',
  paidByOwnMoney: 'Your balance, in this period',
  paidByBonuses: 'Your bonuses, in this period',
  paidByOtherPeriods: 'Your balance or bonuses, in another period',
  settled: 'Taken from your balance with this statement, or given back to it (−)',
  rounding: 'Rounding to 0.01',
  nothingDue: 'Nothing to pay: all charges were taken from your balance.',
  number: 'Number',
  period: 'Period',
  customer: 'Customer',
  account: 'Account',
  issued: 'Issued',
  charge: 'Charge',
  amount: 'Amount',
  discount: 'Discount',
  discounts: 'Discounts on your bill, taken off above',
  net: 'To pay',
  why: 'Why?',
  subtotal: 'Subtotal',
  total: 'Total',
  taxes: 'Tax included',
  rate: 'Rate',
  gross: 'Charges',
  tax: 'Tax',
  due: 'Amount due',
  paid: 'Paid. Thank you.',
  payBy: 'Please pay by {day}. ',
  howToPay: 'At any of our halls in cash or by card, or by bank transfer or online. Give the bill number.',
  notPosted: 'Payments are not shown yet: please look again in a moment.',
  credited: 'This sum is credited to your account.',
  serviceOf: 'service of',
  pricesIncludeTax: 'All prices in yuan (CNY), tax included.',
  otherLanguage: '中文',
  yuan: 'CNY',
  lastMonths: 'Your last six months',
  annex: 'Annex: how each charge was calculated',
  page: 'page {page}',
  asPdf: 'PDF',
};

const chinese: PageWords = {
  operator: '融合',
  bill: '账单',
  creditNote: '贷项账单',
  statement: '预付费对账单',
  balance: '账户余额',
  opening: '期初余额',
  paidIn: '充值',
  usedOfBalance: '消费',
  paidForAccount: '代付账户',
  expired: '到期失效',
  transferred: '转账',
  usedByAccount: '共享余额：被账户使用',
  usedFromAccount: '共享余额：使用自账户',
  adjusted: '调整',
  closing: '期末余额',
  usedOfBonuses: '赠款支付',
  bonusOpening: '期初赠款',
  bonusesGiven: '赠款到账',
  bonusesExpired: '赠款到期失效',
  bonusClosing: '期末赠款',
  paidBy: '以上费用的支付来源',
  paidByOwnMoney: '本期账户余额',
  paidByBonuses: '本期赠款',
  paidByOtherPeriods: '在其他账期扣费',
  settled: '随本对账单补扣或返还（−）',
  rounding: '分以下尾差',
  nothingDue: '无需缴费：以上费用均已从余额扣除。',
  number: '账单编号',
  period: '账期',
  customer: '客户名称',
  account: '账户',
  issued: '出账时间',
  charge: '费用项目',
  amount: '标准资费',
  discount: '优惠',
  discounts: '账户优惠（已在上列各项中扣减）',
  net: '应付',
  why: '如何计算？',
  subtotal: '小计',
  total: '合计',
  taxes: '其中税额',
  rate: '税率',
  gross: '含税金额',
  tax: '税额',
  due: '待缴金额',
  paid: '已缴清，谢谢。',
  payBy: '请于 {day} 或之前缴费。',
  howToPay: '可到任一营业厅以现金或银行卡缴费，也可银行转账或网上缴费，请注明账单编号。',
  notPosted: '缴费情况尚未更新，请稍后查看。',
  credited: '该金额已记入您的账户余额。',
  serviceOf: '费用所属账期',
  pricesIncludeTax: '金额单位为人民币元，均已含税。',
  otherLanguage: 'English',
  yuan: '元',
  lastMonths: '近六个月账单',
  annex: '附件：各项费用的计算方法',
  page: '第 {page} 页',
  asPdf: 'PDF 账单',
};
