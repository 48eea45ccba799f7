import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { PageLine, PageModel } from '../page/page-model';
import { drawChart } from './chart-pdf.adapter';
import { ink, Sheet, type Column } from './sheet.adapter';

/** Rows that are drawn before others get their turn and what was drawn leaves. */
const ROWS_AT_ONCE = 50;

/**
 * The bill as a PDF, page after page as it is read: a long one is never held whole. The same model gives the same bytes:
 * times in it are the bill's.
 */
export function billPdf(model: PageModel): Readable {
  return Readable.from(chunks(model), { objectMode: false });
}

async function* chunks(model: PageModel): AsyncGenerator<Buffer> {
  const { words } = model;
  const sheet = new Sheet({
    title: model.title,
    author: words.operator,
    language: model.language,
    createdAt: model.issuedAtMs,
    footer: `${words.operator} · ${model.title} · ${words.page}`,
  });
  let rows = 0;
  for (const _row of draw(sheet, model)) {
    rows += 1;
    if (rows % ROWS_AT_ONCE > 0) continue;
    await setImmediate();
    const chunk = sheet.doc.read() as Buffer | null;
    if (chunk) yield chunk;
  }
  sheet.doc.end();
  for await (const chunk of sheet.doc) yield chunk as Buffer;
}

/** Draws row by row, so that whoever asks decides when to go on. */
function* draw(sheet: Sheet, model: PageModel): Generator<void> {
  drawHead(sheet, model);
  if (!model.isStatement) drawChart(sheet, model);
  yield* drawLines(sheet, model);
  drawSums(sheet, model);
  yield* drawAnnex(sheet, model);
}

type Fact = [name: string, value: string];

function drawHead(sheet: Sheet, { words, ...model }: PageModel): void {
  sheet.text(model.title, { size: 18, isBold: true });
  sheet.space(4);
  sheet.rule(ink.accent);
  const facts: Fact[] = [
    [words.number, model.number],
    [words.period, model.period],
    [words.issued, model.issuedOn],
    ...(model.customerName === null ? [] : [[words.customer, model.customerName] satisfies Fact]),
    [words.account, model.accountId],
  ];
  const columns: Column[] = [
    { title: '', width: 90, isFigure: false },
    { title: '', width: sheet.width - 90, isFigure: false },
  ];
  for (const fact of facts) sheet.row(columns, fact);
  sheet.space(6);
  sheet.row(totalColumns(sheet), [words.total, `${model.total} ${words.yuan}`], { size: 13, isBold: true });
  // A paper names the last day; what is due now says the page in the browser.
  sheet.text(model.advice, { colour: ink.quiet });
  sheet.space(8);
}

function* drawLines(sheet: Sheet, model: PageModel): Generator<void> {
  const columns = lineColumns(sheet, model);
  const cells = (line: PageLine) => [
    `${line.no}  ${line.label}`,
    ...(model.hasDiscounts ? [line.amount, line.discount] : []),
    line.net,
  ];
  const { words } = model;
  for (const group of model.groups) {
    sheet.endTable();
    sheet.room(80);
    sheet.text(group.card, { size: 11, isBold: true });
    sheet.space(2);
    sheet.startTable(columns);
    for (const line of group.lines) {
      const note = line.servicePeriod ? `${words.serviceOf} ${line.servicePeriod}` : undefined;
      sheet.row(columns, cells(line), {}, note);
      yield;
    }
    sheet.row(columns, [words.subtotal, ...(model.hasDiscounts ? ['', ''] : []), group.subtotal], {
      isBold: true,
    });
    sheet.space(6);
  }
  sheet.endTable();
}

function drawSums(sheet: Sheet, model: PageModel): void {
  const { words } = model;
  const two = totalColumns(sheet);
  if (model.discounts.length > 0) {
    sheet.text(words.discounts, { size: 11, isBold: true });
    for (const { label, amount } of model.discounts) sheet.row(two, [label, amount]);
  }
  sheet.room(40);
  sheet.rule(ink.text);
  sheet.row(two, [words.total, `${model.total} ${words.yuan}`], { size: 12, isBold: true });
  const three: Column[] = [
    { title: `${words.taxes}: ${words.rate}`, width: sheet.width - 200, isFigure: false },
    { title: words.gross, width: 100, isFigure: true },
    { title: words.tax, width: 100, isFigure: true },
  ];
  sheet.startTable(three);
  for (const { percent, gross, tax } of model.taxes) sheet.row(three, [`${percent} %`, gross, tax]);
  sheet.endTable();
  if (model.paidBy.length > 0) {
    sheet.text(words.paidBy, { size: 11, isBold: true });
    for (const { label, amount } of model.paidBy) sheet.row(two, [label, amount]);
    sheet.row(two, [words.total, model.total], { isBold: true });
  }
  if (model.balance.length > 0) {
    sheet.text(words.balance, { size: 11, isBold: true });
    for (const { label, amount } of model.balance) sheet.row(two, [label, amount]);
  }
  sheet.text(words.pricesIncludeTax, { size: 8, colour: ink.quiet });
  sheet.space(10);
}

function* drawAnnex(sheet: Sheet, { words, groups }: PageModel): Generator<void> {
  if (groups.length === 0) return;
  sheet.room(80);
  sheet.text(words.annex, { size: 13, isBold: true });
  sheet.rule();
  for (const line of groups.flatMap((group) => group.lines)) {
    sheet.room(40);
    sheet.row(totalColumns(sheet), [`${line.no}  ${line.label}`, line.net], { isBold: true });
    for (const step of line.steps) sheet.text(step, { size: 8.5, colour: ink.quiet }, 16);
    sheet.space(4);
    yield;
  }
}

function totalColumns(sheet: Sheet): Column[] {
  return [
    { title: '', width: sheet.width - 130, isFigure: false },
    { title: '', width: 130, isFigure: true },
  ];
}

function lineColumns(sheet: Sheet, { words, hasDiscounts }: PageModel): Column[] {
  const figure = (title: string): Column => ({ title, width: 85, isFigure: true });
  const figures = hasDiscounts
    ? [figure(words.amount), figure(words.discount), figure(words.net)]
    : [figure(words.net)];
  return [{ title: words.charge, width: sheet.width - figures.length * 85, isFigure: false }, ...figures];
}
