import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type Node,
} from 'yaml';
import { nestingProblem } from './document-nesting';

/** One document file as it was authored. */
export interface DocumentFile {
  path: string;
  text: string;
}

/** What is wrong where. `line` counts from 1; `field` is a path such as `offers[0].fee`. */
export interface DocumentProblem {
  file: string;
  line: number;
  field: string;
  message: string;
}

export type FieldPath = readonly (string | number)[];

/** Largest file that is read, in characters. */
export const FILE_TEXT_LIMIT = 1_000_000;

/** Aliases that a file may resolve, those inside of what they stand for counted as well. */
const ALIAS_LIMIT = 100;

/** After so many typing errors the rest says nothing new. */
const SYNTAX_PROBLEM_LIMIT = 50;

const YAML_OPTIONS = {
  // The failsafe schema knows no numbers: prices never pass through binary floating point.
  schema: 'failsafe',
  merge: true,
  prettyErrors: false,
  // The parser compares every key with every other; `repeatedKeys` is linear.
  uniqueKeys: false,
} as const;

/** A parsed file: plain values (every scalar is a string, so that 199.00 stays 199.00), and where each stands. */
export class AuthoredFile {
  readonly path: string;
  /** Maps, lists and strings; undefined when the file is no YAML. */
  readonly content: unknown;
  readonly syntaxProblems: DocumentProblem[];
  private readonly document: Document;
  private readonly lines = new LineCounter();

  constructor(file: DocumentFile) {
    this.path = file.path;
    const refusal = refusalOf(file.text);
    this.document = parseDocument(refusal ? '' : file.text, { ...YAML_OPTIONS, lineCounter: this.lines });
    const errors = refusal ? [refusal] : syntaxErrorsOf(this.document);
    let content: unknown;
    try {
      content = errors.length === 0 ? this.document.toJS({ maxAliasCount: ALIAS_LIMIT }) : undefined;
    } catch (error) {
      errors.push({ offset: 0, message: error instanceof Error ? error.message : 'cannot be read' });
    }
    this.content = content;
    this.syntaxProblems = errors
      .slice(0, SYNTAX_PROBLEM_LIMIT)
      .map(({ offset, message }) => this.problemAt(offset, '', message));
  }

  /** A problem of the field at a path, or of the nearest field around it that exists. */
  problem(path: FieldPath, message: string): DocumentProblem {
    return this.problemAt(this.offsetOf(path), fieldName(path), message);
  }

  private problemAt(offset: number, field: string, message: string): DocumentProblem {
    return { file: this.path, line: Math.max(1, this.lines.linePos(offset).line), field, message };
  }

  private offsetOf(path: FieldPath): number {
    let node = this.document.contents as Node | null;
    let offset = node?.range?.[0] ?? 0;
    for (const step of path) {
      const next = this.child(node, step);
      if (!next) return offset;
      offset = next.offset;
      node = next.node;
    }
    return offset;
  }

  private child(parent: Node | null, step: string | number): { node: Node | null; offset: number } | null {
    const target = isAlias(parent) ? (parent.resolve(this.document) ?? null) : parent;
    if (isSeq(target)) {
      const node = target.items[Number(step)] as Node | undefined;
      return node ? { node, offset: node.range?.[0] ?? 0 } : null;
    }
    if (!isMap(target)) return null;
    const pair = target.items.find(
      (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(step),
    );
    if (!pair) return null;
    const key = pair.key as Node;
    return { node: pair.value as Node | null, offset: key.range?.[0] ?? 0 };
  }
}

/** `offers[0].allowances.data`. */
export function fieldName(path: FieldPath): string {
  return path.reduce<string>((name, step) => {
    if (typeof step === 'number') return `${name}[${step}]`;
    return name === '' ? step : `${name}.${step}`;
  }, '');
}

/** Where and what, before it is known which field that is. */
interface PlacedMessage {
  offset: number;
  message: string;
}

/** Why a text is not even parsed. */
function refusalOf(text: string): PlacedMessage | null {
  if (text.length > FILE_TEXT_LIMIT) {
    return { offset: 0, message: `is larger than ${FILE_TEXT_LIMIT} characters` };
  }
  return nestingProblem(text);
}

function syntaxErrorsOf(document: Document): PlacedMessage[] {
  const errors = document.errors.map(({ pos, message }) => ({ offset: pos[0], message }));
  return errors.length > 0 ? errors : repeatedKeys(document);
}

/** A field that is there twice would silently lose its first value. */
function repeatedKeys(document: Document): PlacedMessage[] {
  const found: PlacedMessage[] = [];
  visit(document, {
    Map(_, map) {
      const seen = new Set<string>();
      for (const { key } of map.items) {
        const name = isScalar(key) ? String(key.value) : null;
        const offset = (key as Node).range?.[0] ?? 0;
        if (name === null) found.push({ offset, message: 'Map keys must be text' });
        else if (name === '__proto__') found.push({ offset, message: '__proto__ cannot be a field' });
        else if (seen.has(name)) found.push({ offset, message: `Map keys must be unique: ${name}` });
        else seen.add(name);
      }
    },
  });
  return found;
}
