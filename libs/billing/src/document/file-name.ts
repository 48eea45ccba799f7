/** A file name out of a bill's number; what a file system or a header would not take becomes a dash. */
export function fileNameOf(number: string, extension: 'pdf' | 'html' | 'xml' | 'json'): string {
  return `${number.replace(/[^0-9A-Za-z._-]/g, '-')}.${extension}`;
}
