const most = 5;

/**
 * A class that asks for more than five things does more than one.
 * @type {import('eslint').Rule.RuleModule}
 */
export default {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: { tooMany: `This constructor asks for {{count}} things, at most ${most}: split the class.` },
  },
  create: (context) => ({
    'MethodDefinition[kind="constructor"]'(/** @type {import('estree').MethodDefinition} */ node) {
      const count = node.value.params.length;
      if (count > most) context.report({ node, messageId: 'tooMany', data: { count: String(count) } });
    },
  }),
};
