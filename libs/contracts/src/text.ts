/** Product text: English with Chinese beside it. */
export interface LocalizedText {
  en: string;
  'zh-CN': string;
}

/** A language in which there is product text. */
export type ProductLanguage = keyof LocalizedText;

/** What a client asks for, as far as there is such text: anything else is answered in English. */
export function productLanguage(asked: string): ProductLanguage {
  return asked === 'zh-CN' ? 'zh-CN' : 'en';
}

/** The text in the language that a client asks for. */
export function textIn(texts: LocalizedText, asked: string): string {
  return texts[productLanguage(asked)];
}

/** An exact amount of yuan as decimal text, up to six decimals: `4.110703`. */
export type AmountText = string;

/** An amount of yuan and fen as decimal text with two decimals: `132.67`. */
export type MoneyText = string;
