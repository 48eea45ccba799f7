import type { LocalizedText } from '@ronghe/contracts';

/** `card-group` → `CARD_GROUP`. */
type EnumName<S extends string> = S extends `${infer Head}-${infer Tail}`
  ? `${Uppercase<Head>}_${EnumName<Tail>}`
  : Uppercase<S>;

/** An enum value of a document as GraphQL spells it. */
export function enumName<S extends string>(value: S): EnumName<S> {
  return value.toUpperCase().replaceAll('-', '_') as EnumName<S>;
}

/** Product text as GraphQL spells it. */
export function textView(text: LocalizedText): { en: string; zhCN: string } {
  return { en: text.en, zhCN: text['zh-CN'] };
}
