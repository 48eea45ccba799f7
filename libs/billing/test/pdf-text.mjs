// Reads a PDF on standard input; prints its text by page and its fonts as JSON.
import { getDocument, OPS, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const data = new Uint8Array(Buffer.concat(chunks));
const pdf = await getDocument({ data, verbosity: VerbosityLevel.ERRORS, isEvalSupported: false }).promise;
const pages = [];
const fonts = new Map();
for (let number = 1; number <= pdf.numPages; number += 1) {
  const page = await pdf.getPage(number);
  const { items } = await page.getTextContent();
  pages.push(items.map((item) => item.str + (item.hasEOL ? '\n' : '')).join('|'));
  const { fnArray, argsArray } = await page.getOperatorList();
  fnArray.forEach((operator, index) => {
    if (operator !== OPS.setFont) return;
    const font = page.commonObjs.get(argsArray[index][0]);
    fonts.set(font.name, { name: font.name, isEmbedded: !font.missingFile, type: font.type });
  });
}
const { info } = await pdf.getMetadata();
process.stdout.write(JSON.stringify({ pages, fonts: [...fonts.values()], info }));
