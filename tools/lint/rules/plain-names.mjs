import path from 'node:path';

const emptyFileWords = /(^|[-.])(utils?|helpers?|common|misc|manager|impl|base)(?=[-.]|$)/i;
const emptyTypeWords = /^Base[A-Z]|(Utils?|Helpers?|Manager|Impl)$/;

/**
 * A name says what the thing is in the words of the trade; these words say nothing.
 * @type {import('eslint').Rule.RuleModule}
 */
export default {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: { empty: "'{{name}}' says nothing: name it by what it is or does." },
  },
  create(context) {
    const check = (/** @type {import('estree').Node & { id?: { name: string } | null }} */ node) => {
      const name = node.id?.name ?? '';
      if (emptyTypeWords.test(name)) context.report({ node, messageId: 'empty', data: { name } });
    };
    return {
      Program(node) {
        const name = path.basename(context.filename);
        if (emptyFileWords.test(name)) context.report({ node, messageId: 'empty', data: { name } });
      },
      ClassDeclaration: check,
      TSInterfaceDeclaration: check,
      TSTypeAliasDeclaration: check,
    };
  },
};
