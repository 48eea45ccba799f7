/** A piece of an expression: a constant without its quotes, a column without its brackets, a word, a sign. */
export interface Token {
  kind: 'constant' | 'column' | 'word' | 'sign';
  text: string;
}

/** Longest text of an expression. */
export const EXPRESSION_LENGTH_LIMIT = 1000;

const TOKEN =
  /\s*(?:'((?:[^']|'')*)'|\[([^\]]+)\]|(\d+(?:\.\d+)?)|([A-Za-z_][A-Za-z0-9_]*)|(<=|>=|!=|[-+*/&=<>(),]))\s*/y;

/** The tokens of an expression, or in words why there are none. `''` within quotes is one quote. */
export function tokensOf(text: string): Token[] | string {
  if (text.length > EXPRESSION_LENGTH_LIMIT) return `is longer than ${EXPRESSION_LENGTH_LIMIT} characters`;
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) return `cannot be read from ${text.slice(at, at + 20)}`;
    tokens.push(tokenOf(match));
  }
  return tokens.length === 0 ? 'is empty' : tokens;
}

function tokenOf([, quoted, bracketed, number, word, sign]: RegExpExecArray): Token {
  if (quoted !== undefined) return { kind: 'constant', text: quoted.replaceAll("''", "'") };
  if (bracketed !== undefined) return { kind: 'column', text: bracketed };
  if (number !== undefined) return { kind: 'constant', text: number };
  if (word !== undefined) return { kind: 'word', text: word };
  return { kind: 'sign', text: sign ?? '' };
}
