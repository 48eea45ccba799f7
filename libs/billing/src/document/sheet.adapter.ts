import { readFileSync } from 'node:fs';
import { create } from 'fontkit';
import PDFDocument from 'pdfkit';

/** A4 in points. */
const PAGE = { width: 595.28, height: 841.89 };
const MARGIN = 48;
const FOOT = 36;
/** Between one row and the next. */
const ROW_GAP = 5;

/** A weight of the font that bills use: all of Chinese. Its types leave out that a document takes a parsed font as well. */
type ParsedFont = PDFKit.Mixins.PDFFontSource;

let parsed: { regular: ParsedFont; bold: ParsedFont } | undefined;

/** Read and parsed when the first document is made; the others share it. Only glyphs that occur are embedded. */
function fonts(): { regular: ParsedFont; bold: ParsedFont } {
  parsed ??= {
    regular: fontOf('400Regular/NotoSansSC_400Regular.ttf'),
    bold: fontOf('700Bold/NotoSansSC_700Bold.ttf'),
  };
  return parsed;
}

function fontOf(file: string): ParsedFont {
  const path = require.resolve(`@expo-google-fonts/noto-sans-sc/${file}`);
  return create(readFileSync(path)) as object as ParsedFont;
}

/** Ink as the page in the browser has it. */
export const ink = { text: '#1c1f24', quiet: '#5a626e', line: '#d5d9de', accent: '#b3261e', bar: '#9aa4b2' };

export interface TextStyle {
  size?: number;
  isBold?: boolean;
  colour?: string;
}

/** A column of a table: text wraps, figures stand at the right edge of theirs. */
export interface Column {
  title: string;
  width: number;
  isFigure: boolean;
}

/** What a document says of itself; the same said is the same bytes. */
export interface SheetHead {
  title: string;
  author: string;
  language: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** `{page}` stands for the number of the page. */
  footer: string;
}

/** Paper that one writes on from top to bottom; what does not fit goes to a new page, under the table's header again. */
export class Sheet {
  readonly doc: PDFKit.PDFDocument;
  readonly left = MARGIN;
  readonly width = PAGE.width - 2 * MARGIN;
  y = MARGIN;
  private pages = 1;
  private header: (() => void) | null = null;

  constructor(private readonly head: SheetHead) {
    const date = new Date(head.createdAt);
    this.doc = new PDFDocument({
      size: [PAGE.width, PAGE.height],
      // Breaking pages is ours, because a table's header comes again.
      margins: { top: MARGIN, bottom: 0, left: MARGIN, right: MARGIN },
      lang: head.language,
      displayTitle: true,
      pdfVersion: '1.7',
      info: { Title: head.title, Author: head.author, CreationDate: date, ModDate: date },
    });
    const { regular, bold } = fonts();
    this.doc.registerFont('regular', regular).registerFont('bold', bold);
    this.foot();
  }

  /** Makes sure that so much fits on the page. */
  room(height: number): void {
    if (this.y + height <= PAGE.height - MARGIN - FOOT) return;
    this.doc.addPage();
    this.pages += 1;
    this.foot();
    this.y = MARGIN;
    this.header?.();
  }

  /** Text across the page, or from `indent` on. */
  text(text: string, style: TextStyle = {}, indent = 0): void {
    this.use(style);
    const width = this.width - indent;
    const height = this.doc.heightOfString(text, { width });
    this.room(height);
    this.use(style);
    this.doc.text(text, this.left + indent, this.y, { width });
    this.y += height;
  }

  /** Text whose right end is at `right`, on the line that the sheet stands at; moves nothing. */
  figure(text: string, right: number, style: TextStyle = {}): void {
    this.use(style);
    this.doc.text(text, right - this.doc.widthOfString(text), this.y, { lineBreak: false });
  }

  space(points: number): void {
    this.y += points;
  }

  rule(colour: string = ink.line): void {
    this.doc
      .moveTo(this.left, this.y)
      .lineTo(this.left + this.width, this.y)
      .lineWidth(0.5)
      .stroke(colour);
    this.y += ROW_GAP;
  }

  /** Starts a table: its titles come again on every page until the next table, or `endTable`. */
  startTable(columns: readonly Column[]): void {
    this.header = null;
    this.room(60);
    this.header = () => {
      this.row(
        columns,
        columns.map(({ title }) => title),
        { size: 8, colour: ink.quiet },
      );
      this.rule();
    };
    this.header();
  }

  endTable(): void {
    this.header = null;
  }

  /** One row; a row is never cut. `note` stands small under the first cell. */
  row(columns: readonly Column[], cells: readonly string[], style: TextStyle = {}, note?: string): void {
    const first = columns[0]?.width ?? this.width;
    const noteStyle = { size: 7.5, colour: ink.quiet };
    this.use(style);
    const textHeight = Math.max(
      ...columns.map(({ width, isFigure }, index) =>
        isFigure ? 0 : this.doc.heightOfString(cells[index] ?? '', { width: width - 8 }),
      ),
    );
    this.use(noteStyle);
    const noteHeight = note ? this.doc.heightOfString(note, { width: first - 8 }) : 0;
    this.room(textHeight + noteHeight + ROW_GAP);
    let x = this.left;
    columns.forEach((column, index) => {
      const text = cells[index] ?? '';
      if (column.isFigure) this.figure(text, x + column.width, style);
      else {
        this.use(style);
        this.doc.text(text, x, this.y, { width: column.width - 8 });
      }
      x += column.width;
    });
    if (note) {
      this.use(noteStyle);
      this.doc.text(note, this.left, this.y + textHeight, { width: first - 8 });
    }
    this.y += textHeight + noteHeight + ROW_GAP;
  }

  private use({ size = 9.5, isBold = false, colour = ink.text }: TextStyle): void {
    this.doc
      .font(isBold ? 'bold' : 'regular')
      .fontSize(size)
      .fillColor(colour);
  }

  private foot(): void {
    this.use({ size: 8, colour: ink.quiet });
    const text = this.head.footer.replace('{page}', String(this.pages));
    this.doc.text(text, this.left, PAGE.height - FOOT, { lineBreak: false });
  }
}
