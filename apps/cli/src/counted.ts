/** A number with what it counts: `1 account`, `0 accounts`, `2 statuses` where the plural is given. */
export function counted(count: number | string, one: string, many = `${one}s`): string {
  return `${count} ${String(count) === '1' ? one : many}`;
}

/** What came of usage: `12 read, 10 rated, 1 duplicate, 1 suspended`. */
export function usageCounts(usage: Record<'read' | 'rated' | 'duplicates' | 'suspended', number>): string {
  const { read, rated, duplicates, suspended } = usage;
  return `${read} read, ${rated} rated, ${counted(duplicates, 'duplicate')}, ${suspended} suspended`;
}
