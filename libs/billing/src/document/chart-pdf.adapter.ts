import type { PageModel } from '../page/page-model';
import { ink, type Sheet } from './sheet.adapter';

const HEIGHT = 64;
const BAR = 34;

/** The last months as bars, each with its amount above and its month below. */
export function drawChart(sheet: Sheet, { chart, words }: PageModel): void {
  sheet.room(HEIGHT + 50);
  sheet.text(words.lastMonths, { size: 11, isBold: true });
  const base = sheet.y + 16 + HEIGHT;
  const step = sheet.width / chart.length;
  chart.forEach(({ permille, isOwn, period, amount }, index) => {
    const middle = sheet.left + step * (index + 0.5);
    const height = (HEIGHT * permille) / 1000;
    sheet.doc.rect(middle - BAR / 2, base - height, BAR, height).fill(isOwn ? ink.accent : ink.bar);
    centred(sheet, amount ?? '–', middle, base - height - 12);
    centred(sheet, period, middle, base + 3);
  });
  sheet.y = base;
  sheet.rule();
  sheet.y = base + 24;
}

function centred(sheet: Sheet, text: string, middle: number, y: number): void {
  sheet.doc.font('regular').fontSize(8).fillColor(ink.quiet);
  sheet.doc.text(text, middle - sheet.doc.widthOfString(text) / 2, y, { lineBreak: false });
}
