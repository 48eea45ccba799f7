import { Lexer } from 'yaml';

/** A tariff is four levels deep; the parser is recursive, so that a file of brackets would take the process down. */
const DEPTH_LIMIT = 40;
const INDENT_LIMIT = 120;

/** What is nested too deeply, and where; null: nothing is. Reads tokens only, so it cannot be nested away itself. */
export function nestingProblem(text: string): { offset: number; message: string } | null {
  let offset = 0;
  let flow = 0;
  /** `- - -` and `? ?` nest on one line. */
  let inLine = 0;
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') flow += 1;
    else if (token === ']' || token === '}') flow = Math.max(0, flow - 1);
    else if (token === '-' || token === '?') inLine += 1;
    else if (token.includes('\n')) inLine = 0;
    else if (token.length > INDENT_LIMIT && token.trim() === '') return problemAt(offset);
    if (flow + inLine > DEPTH_LIMIT) return problemAt(offset);
    offset += isMark(token) ? 0 : token.length;
  }
  return null;
}

function problemAt(offset: number): { offset: number; message: string } {
  return { offset, message: `is nested more than ${DEPTH_LIMIT} levels deep` };
}

/** The lexer's own control tokens (byte order mark, document, flow error, scalar) are no part of the text. */
function isMark(token: string): boolean {
  return token.length === 1 && token.charCodeAt(0) < 0x20 && !'\n\t\r'.includes(token);
}
