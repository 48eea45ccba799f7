/** Thrown while a record is read where a cell does not hold what it should; becomes the reason of a malformed record. */
export class Unreadable extends Error {}
