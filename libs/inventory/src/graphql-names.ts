/** GraphQL writes the words of this domain in capitals: `sim` is `SIM`, `mobile_number` is `MOBILE_NUMBER`. */
export function graphqlName<T extends string>(word: T): Uppercase<T> {
  return word.toUpperCase() as Uppercase<T>;
}

/** The domain's word behind a GraphQL name. */
export function wordOf<T extends string>(name: Uppercase<T>): T {
  return name.toLowerCase() as T;
}
