/** Rows as aligned text; the columns named in `right` are figures. A cell that is undefined is empty. */
export function textTable(
  head: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
  right: readonly string[] = [],
): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => (cell === null ? '' : String(cell))));
  const widths = head.map((_, column) => Math.max(...cells.map((row) => widthOf(row[column] ?? ''))));
  const lines = cells.map((row) =>
    row
      .map((cell, column) => {
        const space = ' '.repeat((widths[column] ?? 0) - widthOf(cell));
        return right.includes(head[column] ?? '') ? space + cell : cell + space;
      })
      .join('  ')
      .trimEnd(),
  );
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}

/** Columns of a terminal: Chinese characters take two. */
function widthOf(text: string): number {
  return [...text].reduce((width, character) => width + (/[⺀-鿿豈-﫿！-｠]/.test(character) ? 2 : 1), 0);
}
