import { Command } from 'commander';
import { billIdOf } from '../bill-id';
import { connect, withConnection, type ConnectionOptions } from '../connection';
import {
  billLineText,
  LINE_FIELDS,
  USAGE_FIELDS,
  usageText,
  type ExplainedLine,
  type ExplainedUsage,
} from '../explanation-text';

interface ExplainOptions extends ConnectionOptions {
  language: string;
  json?: boolean;
  usage?: string;
}

/** Events of a bill line that are explained one by one, unless told otherwise. */
const EVENTS_SHOWN = '3';

/** `ronghe explain usage ID`, `ronghe explain bill-line BILL LINE`. */
export function explainCommand(): Command {
  const usage = withOutput(
    new Command('usage')
      .description('Why a rated usage came to its amount: price, zone, band, step, allowances, recomputed.')
      .argument('<id>', 'the rated usage'),
  ).action(async (usageId: string, options: ExplainOptions) => {
    const explained = await explainUsage(usageId, options);
    console.log(options.json ? JSON.stringify(explained, null, 2) : usageText(explained));
  });
  const line = withOutput(
    new Command('bill-line')
      .description('Why a bill line shows its figure, down to the usage behind it.')
      .argument('<bill>', "the bill's number or id, or the line's id: BILL.LINE")
      .argument('[line]', 'the number of the line on the bill, from 1')
      .option('--usage <count>', 'how many events are explained one by one', EVENTS_SHOWN),
  ).action(async (billId: string, lineNo: string | undefined, options: ExplainOptions) => {
    if (lineNo === undefined && !billId.includes('.'))
      line.error('error: name the line too: BILL LINE, or BILL.LINE');
    const query = `query ($line: ID!, $language: String!) { explainBillLine(lineId: $line) { ${LINE_FIELDS} } }`;
    const api = connect(options);
    const { explainBillLine } = await api.graphql<{ explainBillLine: ExplainedLine }>('billing', query, {
      line: lineIdOf(await billIdOf(api, billId), lineNo),
      language: languageOf(options),
    });
    const ids = explainBillLine.events.slice(0, Number(options.usage)).map((event) => event.usageId);
    const usages: ExplainedUsage[] = [];
    for (const usageId of ids) usages.push(await explainUsage(usageId, options));
    const answer = { ...explainBillLine, usages };
    console.log(options.json ? JSON.stringify(answer, null, 2) : billLineText(explainBillLine, usages));
  });
  return new Command('explain').description('Why a figure is what it is.').addCommand(usage).addCommand(line);
}

/** Lines are numbered from 1; a line's own id is taken as it is. */
function lineIdOf(billId: string, lineNo: string | undefined): string {
  if (lineNo === undefined) return billId;
  return lineNo.includes('.') ? lineNo : `${billId}.${lineNo}`;
}

async function explainUsage(usageId: string, options: ExplainOptions): Promise<ExplainedUsage> {
  const query = `query ($usage: ID!, $language: String!) { explainUsage(usageId: $usage) { ${USAGE_FIELDS} } }`;
  const answer = await connect(options).graphql<{ explainUsage: ExplainedUsage }>('billing', query, {
    usage: usageId,
    language: languageOf(options),
  });
  return answer.explainUsage;
}

function withOutput(command: Command): Command {
  return withConnection(command)
    .option('--language <language>', 'en or zh-CN', 'en')
    .option('--json', 'print the answer as JSON');
}

function languageOf({ language }: ExplainOptions): string {
  return language.startsWith('zh') ? 'zh-CN' : 'en';
}
