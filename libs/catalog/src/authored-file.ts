import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type Node,
} from 'yaml';

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
    const isTooLarge = file.text.length > FILE_TEXT_LIMIT;
    // The failsafe schema knows no numbers: prices never pass through binary floating point.
    const options = {
      schema: 'failsafe',
      merge: true,
      lineCounter: this.lines,
      prettyErrors: false,
    } as const;
    this.document = parseDocument(isTooLarge ? '' : file.text, options);
    const errors = this.document.errors.map((error) => ({ offset: error.pos[0], message: error.message }));
    if (isTooLarge) errors.push({ offset: 0, message: `is larger than ${FILE_TEXT_LIMIT} characters` });
    let content: unknown;
    try {
      content = errors.length === 0 ? this.document.toJS({ maxAliasCount: 100 }) : undefined;
    } catch (error) {
      errors.push({ offset: 0, message: error instanceof Error ? error.message : 'cannot be read' });
    }
    this.content = content;
    this.syntaxProblems = errors.map(({ offset, message }) => this.problemAt(offset, '', message));
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
