import type { UsageExpression, UsageFunction } from '@ronghe/contracts';
import { usageUnitsByDimension } from './usage-units';
import { tokensOf, type Token } from './usage-expression-tokens';

/** Deepest nesting of an expression, and the most calls in one. */
const DEPTH_LIMIT = 24;
const CALLS_LIMIT = 200;

/** An expression, or in words why the text is none. */
export type ParsedExpression = { expression: UsageExpression } | { problem: string };

/** How many arguments each function takes: [at least, at most]. */
const arities: Record<UsageFunction, [number, number]> = {
  concat: [1, 20],
  substring: [2, 3],
  trim: [1, 1],
  upper: [1, 1],
  lower: [1, 1],
  replace: [3, 3],
  length: [1, 1],
  add: [2, 2],
  subtract: [2, 2],
  multiply: [2, 2],
  divide: [2, 2],
  round: [1, 1],
  floor: [1, 1],
  ceil: [1, 1],
  convert: [3, 3],
  lookup: [2, 3],
  if: [3, 3],
  equals: [2, 2],
  less: [2, 2],
  atMost: [2, 2],
  and: [2, 20],
  or: [2, 20],
  not: [1, 1],
  startsWith: [2, 2],
};

class ParseProblem extends Error {}

/**
 * Reads `if(type = 'V', seconds, ceil(octets / 1024))`. Loosest first: `or`, `and`, `not`, comparisons
 * (`= != < <= > >=`), `+ - &` (`&` joins text), `* /`, `-`, calls, `( )`. A column is named by a word, or in brackets:
 * `[start time]`.
 */
export function parseUsageExpression(text: string): ParsedExpression {
  const tokens = tokensOf(text);
  if (typeof tokens === 'string') return { problem: tokens };
  try {
    return { expression: new Parser(tokens).whole() };
  } catch (error) {
    if (error instanceof ParseProblem) return { problem: error.message };
    throw error;
  }
}

/** One expression's tokens, consumed from the left. */
class Parser {
  private at = 0;
  private depth = 0;
  private calls = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  whole(): UsageExpression {
    const expression = this.either();
    const rest = this.tokens[this.at];
    if (rest) throw new ParseProblem(`${rest.text} is not expected here`);
    return expression;
  }

  private either(): UsageExpression {
    this.depth += 1;
    if (this.depth > DEPTH_LIMIT) throw new ParseProblem(`is nested deeper than ${DEPTH_LIMIT}`);
    let left = this.both();
    while (this.takes('or')) left = this.call('or', left, this.both());
    this.depth -= 1;
    return left;
  }

  private both(): UsageExpression {
    let left = this.negation();
    while (this.takes('and')) left = this.call('and', left, this.negation());
    return left;
  }

  private negation(): UsageExpression {
    return this.takes('not') ? this.call('not', this.comparison()) : this.comparison();
  }

  private comparison(): UsageExpression {
    const left = this.sum();
    if (this.takes('=')) return this.call('equals', left, this.sum());
    if (this.takes('!=')) return this.call('not', this.call('equals', left, this.sum()));
    if (this.takes('<')) return this.call('less', left, this.sum());
    if (this.takes('<=')) return this.call('atMost', left, this.sum());
    if (this.takes('>')) return this.call('less', this.sum(), left);
    if (this.takes('>=')) return this.call('atMost', this.sum(), left);
    return left;
  }

  private sum(): UsageExpression {
    let left = this.product();
    for (;;) {
      if (this.takes('+')) left = this.call('add', left, this.product());
      else if (this.takes('-')) left = this.call('subtract', left, this.product());
      else if (this.takes('&')) left = this.call('concat', left, this.product());
      else return left;
    }
  }

  private product(): UsageExpression {
    let left = this.signed();
    for (;;) {
      if (this.takes('*')) left = this.call('multiply', left, this.signed());
      else if (this.takes('/')) left = this.call('divide', left, this.signed());
      else return left;
    }
  }

  private signed(): UsageExpression {
    return this.takes('-') ? this.call('subtract', { text: '0' }, this.primary()) : this.primary();
  }

  private primary(): UsageExpression {
    const token = this.tokens[this.at];
    if (!token) throw new ParseProblem('ends too early');
    this.at += 1;
    if (token.kind === 'constant') return { text: token.text };
    if (token.kind === 'column') return { column: token.text };
    if (token.kind === 'word') return this.takes('(') ? this.callOf(token.text) : { column: token.text };
    if (token.text !== '(') throw new ParseProblem(`${token.text} is not expected here`);
    const inner = this.either();
    this.expect(')');
    return inner;
  }

  private callOf(name: string): UsageExpression {
    if (!isFunction(name)) throw new ParseProblem(`there is no function ${name}`);
    const of: UsageExpression[] = [];
    if (!this.takes(')')) {
      do of.push(this.either());
      while (this.takes(','));
      this.expect(')');
    }
    return this.call(name, ...of);
  }

  private call(name: UsageFunction, ...of: UsageExpression[]): UsageExpression {
    this.calls += 1;
    if (this.calls > CALLS_LIMIT) throw new ParseProblem(`has more than ${CALLS_LIMIT} calls`);
    const [least, most] = arities[name];
    if (of.length < least || of.length > most) {
      const count = least === most ? `${least}` : `${least} to ${most}`;
      throw new ParseProblem(`${name} takes ${count} arguments, not ${of.length}`);
    }
    if (name === 'convert') checkUnits(of[1], of[2]);
    return { call: name, of };
  }

  private takes(text: string): boolean {
    const token = this.tokens[this.at];
    if (!token || token.text !== text || token.kind === 'constant' || token.kind === 'column') return false;
    this.at += 1;
    return true;
  }

  private expect(text: string): void {
    if (!this.takes(text)) throw new ParseProblem(`${text} is missing`);
  }
}

function isFunction(name: string): name is UsageFunction {
  return Object.hasOwn(arities, name);
}

function checkUnits(from: UsageExpression | undefined, to: UsageExpression | undefined): void {
  const names = [from, to].map((unit) => (unit && 'text' in unit ? unit.text : ''));
  const fits = usageUnitsByDimension.some((units) => names.every((name) => units.includes(name)));
  if (!fits) throw new ParseProblem(`convert needs two units that fit, such as 'octet', 'kb'`);
}
