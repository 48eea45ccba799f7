import type { ApolloServerPlugin } from '@apollo/server';
import { ApolloArmor } from '@escape.tech/graphql-armor';
import { DomainError } from '@ronghe/kernel';
import { GraphQLError, type GraphQLSchema, type ParseOptions, type ValidationRule } from 'graphql';
import { getComplexity, type ComplexityEstimator } from 'graphql-query-complexity';
import { DEFAULT_PAGE_SIZE } from './connection';

export const MAX_DEPTH = 14;
export const MAX_ALIASES = 30;
export const MAX_DIRECTIVES = 20;
export const MAX_TOKENS = 3000;
/** Fields that an answer may have, pages multiplied out. */
export const MAX_COMPLEXITY = 40_000;

/** 1 for a field, times the page size for what lies under a connection. */
const estimator: ComplexityEstimator = ({ args, childComplexity, field }) => {
  const isConnection = 'first' in args || field.args.some((argument) => argument.name === 'first');
  const first = typeof args['first'] === 'number' ? args['first'] : DEFAULT_PAGE_SIZE;
  return 1 + (isConnection ? Math.max(1, first) : 1) * childComplexity;
};

/** What an operation may cost before it is executed: depth, aliases, directives, tokens, complexity. */
export function operationLimits(schema: GraphQLSchema): {
  validationRules: ValidationRule[];
  plugins: ApolloServerPlugin[];
  parseOptions: ParseOptions;
} {
  const armor = new ApolloArmor({
    maxDepth: { n: MAX_DEPTH, flattenFragments: true },
    maxAliases: { n: MAX_ALIASES },
    maxDirectives: { n: MAX_DIRECTIVES },
    // The parser counts them itself; armor's parses a second time, and makes a 500 of every syntax error.
    maxTokens: { enabled: false },
    costLimit: { enabled: false },
    blockFieldSuggestion: { enabled: false },
  }).protect();
  return {
    validationRules: armor.validationRules as ValidationRule[],
    plugins: [...(armor.plugins as ApolloServerPlugin[]), complexityLimit(schema)],
    parseOptions: { maxTokens: MAX_TOKENS },
  };
}

function complexityLimit(schema: GraphQLSchema): ApolloServerPlugin {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ document, request }) {
          const complexity = complexityOf({
            schema,
            query: document,
            variables: request.variables ?? {},
            ...(request.operationName ? { operationName: request.operationName } : {}),
          });
          if (complexity <= MAX_COMPLEXITY) return;
          const refusal = new DomainError(
            'query_too_complex',
            'invalid',
            `This query asks for too much: ${complexity} of ${MAX_COMPLEXITY}. Ask for smaller pages.`,
          );
          throw new GraphQLError(refusal.message, {
            extensions: { code: refusal.code, kind: refusal.kind, details: { complexity }, ...badRequest },
          });
        },
      };
    },
  };
}

/** Apollo answers 500 to what a plugin refuses before execution, unless the refusal brings a status; it does not go out. */
const badRequest = { http: { status: 400 } };

/** Counting reads the variables: what is wrong with them is the client's to mend. */
function complexityOf(operation: Omit<Parameters<typeof getComplexity>[0], 'estimators'>): number {
  try {
    return getComplexity({ ...operation, estimators: [estimator] });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw new GraphQLError(error.message, {
      ...(error.nodes && { nodes: error.nodes }),
      extensions: { code: 'BAD_USER_INPUT', ...badRequest },
    });
  }
}
