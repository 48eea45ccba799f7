/**
 * A rule is switched off by its name and with the reason beside it:
 * `// eslint-disable-next-line RULE -- why`.
 * @type {import('eslint').Rule.RuleModule}
 */
export default {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      reason: 'Say why: `eslint-disable… RULE -- the reason`.',
      rule: 'Name the rule that is switched off; all of them is too many.',
    },
  },
  create: (context) => ({
    Program() {
      for (const comment of context.sourceCode.getAllComments()) {
        const directive = /^\s*eslint-disable(?:-next-line|-line)?(?=\s|$)(.*)$/s.exec(comment.value);
        if (!directive || !comment.loc) continue;
        const [rules = '', ...reason] = (directive[1] ?? '').split(/\s-{2,}\s/);
        // Before the line's first column, where the directive itself cannot reach.
        const loc = { line: comment.loc.start.line, column: -1 };
        if (rules.trim() === '') context.report({ loc, messageId: 'rule' });
        if (reason.join(' ').trim() === '') context.report({ loc, messageId: 'reason' });
      }
    },
  }),
};
