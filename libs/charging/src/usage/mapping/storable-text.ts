/** NUL, and halves of surrogate pairs: PostgreSQL takes neither. */
const DOUBTFUL = /[\u0000\uD800-\uDFFF]/;
const REFUSED = /\u0000|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** The text with the replacement character for what the database cannot hold. */
export function storableText(text: string): string {
  return DOUBTFUL.test(text) ? text.replace(REFUSED, '\uFFFD') : text;
}
