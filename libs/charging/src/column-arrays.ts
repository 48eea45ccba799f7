/**
 * Turns rows into one array per column, the parameters of `unnest`. bigint becomes text, which PostgreSQL casts back.
 */
export function columnArrays<R>(rows: readonly R[], ...columns: ((row: R) => unknown)[]): unknown[][] {
  return columns.map((column) =>
    rows.map((row) => {
      const value = column(row);
      return typeof value === 'bigint' ? value.toString() : value;
    }),
  );
}
