import { readdirSync, readFileSync, type Dirent } from 'node:fs';
import { join, relative } from 'node:path';

/** No price, fee or rate is in code: whatever the documents name is nowhere in the sources of libraries and apps. */

const root = join(__dirname, '../../..');

/** Not production code, or seconds and shares of a network that fails at random and of histograms. */
const leftOut = ['node_modules', 'test', 'testing', 'e2e', 'network-simulator', 'telemetry'];

/** Sources that run in production; tests, and data that only tests are written with, may name figures. */
function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry: Dirent) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return leftOut.includes(entry.name) ? [] : sources(path);
    return entry.name.endsWith('.ts') && !/\.(spec|fixture)\.ts$/.test(entry.name) ? [path] : [];
  });
}

const documents = ['catalog', 'policy'].flatMap((folder) =>
  readdirSync(join(root, folder)).map((name) => readFileSync(join(root, folder, name), 'utf8')),
);

/** `199.00`, `0.15`; and `199` for what is distinctive enough without its decimals: whole hundreds are anybody's. */
const figures = new Set(
  documents.flatMap((text) =>
    [...text.replaceAll(/#.*$/gm, '').matchAll(/(?<![\w.])\d+\.\d{2}(?![\w.])/g)].flatMap(([figure]) =>
      Number(figure) >= 100 && !/00\.00$/.test(figure) ? [figure, figure.replace(/\.\d+$/, '')] : [figure],
    ),
  ),
);

/** Sentences (what has a blank in it) explain by example; a figure that counts stands alone. */
function withoutProse(text: string): string {
  return text.replaceAll(/(['"])(?:\\.|(?!\1)[^\\\n])*\1|`(?:\\.|[^\\`])*`/g, (literal) =>
    literal.includes(' ') ? '' : literal,
  );
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|[^:'"`])\/\/.*$/gm, '$1');
}

function figuresIn(text: string): string[] {
  return [...withoutProse(withoutComments(text)).matchAll(/(?<![\w.-])\d+(?:\.\d+)?(?![\w-]|\.\d)/g)]
    .map(([figure]) => figure)
    .filter((figure) => figures.has(figure));
}

/** Lengths of text that happen to be a tariff's figure too. */
const coincidences = new Set([
  'libs/billing/src/bill/bill.dto.ts: 120',
  'libs/catalog/src/contract-schema.ts: 120',
  'libs/catalog/src/document-nesting.ts: 120',
  'libs/catalog/src/offer-schema.ts: 120',
]);

it('knows the figures of the catalog', () => {
  expect([...figures]).toEqual(
    expect.arrayContaining(['199.00', '199', '159', '0.15', '0.03', '3.00', '600.00']),
  );
});

it('finds a figure in code, and not in a comment, a code or an identifier', () => {
  expect(figuresIn("const fee = '199.00'; const cap = '600.00';")).toEqual(['199.00', '600.00']);
  expect(figuresIn("/** 199.00 */ const code = 'mobile-5g-199'; // 0.15")).toEqual([]);
});

it.each(['libs', 'apps'])('none of them is in the code of %s', (folder) => {
  const found = sources(join(root, folder)).flatMap((path) =>
    figuresIn(readFileSync(path, 'utf8')).map((figure) => `${relative(root, path)}: ${figure}`),
  );
  expect(found.filter((each) => !coincidences.has(each))).toEqual([]);
});
