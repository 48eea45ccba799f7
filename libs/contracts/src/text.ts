/** Product text: English with Chinese beside it. */
export interface LocalizedText {
  en: string;
  'zh-CN': string;
}

/** An exact amount of yuan as decimal text, up to six decimals: `4.110703`. */
export type AmountText = string;

/** An amount of yuan and fen as decimal text with two decimals: `132.67`. */
export type MoneyText = string;
