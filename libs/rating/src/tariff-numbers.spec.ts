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

/** `199.00`, `0.15`; and `199` for what is distinctive without its decimals: below a hundred a number is anybody's. */
const figures = new Set(
  documents.flatMap((text) =>
    [...text.replaceAll(/#.*$/gm, '').matchAll(/(?<![\w.])\d+\.\d{2}(?![\w.])/g)].flatMap(([figure]) =>
      Number(figure) >= 100 ? [figure, figure.replace(/\.\d+$/, '')] : [figure],
    ),
  ),
);

/** Kinds of lines whose whole hundreds are no money. A figure with decimals is never excused by one. */
const kinds: { reason: string; line: RegExp }[] = [
  {
    reason: 'a constant whose name says that it limits, waits or puts in order',
    line: /const (\w+_)?(LIMIT|MAXIMUM|LENGTH|MS|SECONDS|AT_ONCE|PER_[A-Z]+|BATCH|PAGE|SIZE|EVENTS|LINES|PRIORITY) = \d+;/,
  },
  {
    reason: 'a round number whose name is of no money',
    line: /const (?!\w*(FEE|PRICE|RATE|AMOUNT|COST|CHARGE|DISCOUNT|CAP|YUAN|FEN))[A-Z_]+ = \d*00;/,
  },
  {
    reason: 'the length of a text or a list, or the bounds of a number that is counted',
    line: /(@Length|@MaxLength|@ArrayMaxSize|\.max|\.min|wholeNumber|\.slice)\(.*\d/,
  },
  {
    reason: 'the status of an HTTP answer',
    line: /@HttpCode\(200\)|\b(status|responseCode)\b.*[<>=]=?.*\d00/,
  },
  { reason: 'the first hundred rows', line: /\b(limit|first:) \d+\b/ },
];

/** Figures by file, each with what it is there. */
const named: Record<string, string> = {
  'apps/cli/src/vectors/rating-function.ts: 200': 'the status of an HTTP answer',
  'apps/cli/src/vectors/summary.ts: 100': 'a hundred percent',
  'libs/billing/src/document/bill-pdf.adapter.ts: 100': 'the width of a column',
  'libs/billing/src/document/bill-pdf.adapter.ts: 200': 'the width of a column',
  'libs/catalog/src/authored-measures.ts: 0.05': 'how a price is written, in a message',
  'libs/catalog/src/authored-measures.ts: 0.15': 'how a price is written, on the reference page',
  'libs/catalog/src/authored-measures.ts: 100': 'how minutes are written, in a message',
  'libs/catalog/src/authored-values.ts: 100': 'a hundred percent',
  'libs/catalog/src/offer-schema.ts: 500': 'how a speed is written, on the reference page',
  'libs/catalog/src/policy-schema.ts: 100': 'a hundred percent',
  'libs/catalog/src/rating-policy-schema.ts: 20.00': 'how yuan are written, in a message',
  'libs/catalog/src/reference/reference-page.ts: 199.00': 'how figures are read, on the reference page',
  'libs/catalog/src/resolve-price-model.ts: 5.00': 'how a price is written, in a message',
  'libs/catalog/src/usage-price-schema.ts: 0.15': 'how a price is written, on the reference page',
  'libs/catalog/src/usage-price-schema.ts: 1.00': 'how a price is written, on the reference page',
  'libs/catalog/src/usage-price-schema.ts: 5.00': 'how a price is written, on the reference page',
  'libs/catalog/src/usage-price-schema.ts: 100': 'how a package is written, on the reference page',
  'libs/charging/src/charging.errors.ts: 200': 'the length of a name, in a message',
  'libs/charging/src/charging.errors.ts: 500': 'the length of a list, in a message',
  'libs/charging/src/migrations/1700000000030-create-money.ts: 100': 'the priority of money paid in',
  'libs/charging/src/session/online-policy.ts: 100': 'megabytes of a first grant; a hundred percent',
  'libs/charging/src/session/online-policy.ts: 300': 'seconds of a first grant',
  'libs/charging/src/session/online-policy.ts: 600': 'seconds that a grant lasts',
  'libs/charging/src/what-if/what-if-figures.store.ts: 100': 'the edge of a histogram; a hundred percent',
  'libs/customer/src/account-relation.ts: 100': 'a hundred percent',
  'libs/customer/src/contact.ts: 100': 'the length of a name, in a message',
  'libs/customer/src/customer.errors.ts: 200': 'the length of an address, in a message',
  'libs/identity/src/staff.ts: 100': 'the length of a name',
  'libs/inventory/src/number-plan.ts: 100': 'how many beginnings numbers have',
  'libs/journey/src/families.ts: 200': 'where numbers of residents begin',
  'libs/journey/src/journey.ts: 100': 'what the customer of the demonstration pays in',
  'libs/journey/src/online-session.ts: 100': 'megabytes that the demonstration asks for',
  'libs/journey/src/prepare-operator.ts: 100': 'how many boxes the demonstration stocks',
  'libs/journey/src/prepare-operator.ts: 200': 'how many numbers the demonstration stocks',
  'libs/journey/src/prepare-operator.ts: 500': 'how many numbers the demonstration stocks',
  'libs/kernel/src/binary-cells.ts: 100': 'the years of a century',
  'libs/kernel/src/local-date.ts: 100': 'years that are leap years or not',
  'libs/platform/src/graphql/graphql-context.ts: 500': 'how many keys are looked up at once',
  'libs/platform/src/job/job-runner.service.ts: 200': 'milliseconds before a job is tried again',
  'libs/platform/src/rest/problem-details.ts: 500': 'the status of an HTTP answer',
  'libs/platform/src/rest/problem.ts: 500': 'the status of an HTTP answer',
  'libs/provisioning/src/fake-network.adapter.ts: 200': 'the status of an HTTP answer',
};

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|[^:'"`])\/\/.*$/gm, '$1');
}

/** Figures of documents in a source, prose included, with the line that each is in. */
function figuresIn(source: string): { figure: string; line: string }[] {
  return withoutComments(source)
    .split('\n')
    .flatMap((line) =>
      [...line.matchAll(/(?<![\w.-])\d+(?:\.\d+)?(?![\w-]|\.\d)/g)].map(([figure]) => ({ figure, line })),
    )
    .filter(({ figure }) => figures.has(figure));
}

const kindOf = ({ figure, line }: { figure: string; line: string }) =>
  figure.includes('.') ? undefined : kinds.find((kind) => kind.line.test(line));

it('knows the figures of the catalog', () => {
  expect([...figures]).toEqual(
    expect.arrayContaining(['199.00', '199', '159', '0.15', '0.03', '3.00', '600.00', '600']),
  );
});

it('finds a figure in code and in prose, and not in a comment, a code or an identifier', () => {
  const found = (source: string) => figuresIn(source).map(({ figure }) => figure);
  expect(found("const fee = '199.00'; const cap = '600.00';")).toEqual(['199.00', '600.00']);
  expect(found("say('the fee is 199 a month');")).toEqual(['199']);
  expect(found("/** 199.00 */ const code = 'mobile-5g-199'; // 0.15")).toEqual([]);
});

it('excuses no fee by the kind of its line', () => {
  const excused = (source: string) => figuresIn(source).filter((found) => kindOf(found)).length;
  expect(excused('const MONTHLY_FEE = 199;')).toBe(0);
  expect(excused("const LIMIT_FEE = '199.00';")).toBe(0);
  expect(excused('const DATA_CAP = 600;')).toBe(0);
  expect(excused('const PLAN = 199;')).toBe(0);
  expect(excused('const TEXT_LIMIT = 200;')).toBe(1);
});

const all = ['libs', 'apps'].flatMap((folder) =>
  sources(join(root, folder)).flatMap((path) =>
    figuresIn(readFileSync(path, 'utf8')).map((found) => ({
      ...found,
      place: `${relative(root, path)}: ${found.figure}`,
    })),
  ),
);

it('none of them is in code, but for those that are something else', () => {
  const other = all.filter((found) => !kindOf(found) && !Object.hasOwn(named, found.place));
  expect(other.map(({ place, line }) => `${place} in ${line.trim()}`)).toEqual([]);
});

it('every exception is still met', () => {
  const met = new Set(all.filter((found) => !kindOf(found)).map(({ place }) => place));
  expect(Object.keys(named).filter((place) => !met.has(place))).toEqual([]);
});
