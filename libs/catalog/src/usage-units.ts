/** The units between which `convert` can go: those of one row. */
export const usageUnitsByDimension: readonly (readonly string[])[] = [
  ['millisecond', 'second', 'minute', 'hour'],
  ['octet', 'kb', 'mb', 'gb'],
];
