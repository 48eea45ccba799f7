import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

/** A mail that has arrived. */
export interface ReceivedMail {
  to: string;
  headers: string;
  /** Files by name. */
  files: Map<string, Buffer>;
}

/** A mail server that keeps what arrives, and refuses when it is told so. */
export class MailBox {
  readonly received: ReceivedMail[] = [];
  /** How often each address was tried. */
  readonly tries = new Map<string, number>();
  /** What to answer to an address: an SMTP code, or nothing to take it. */
  answer: (address: string, tries: number) => number | null = () => null;

  private readonly server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo: ({ address }, _session, done) => {
      const tries = (this.tries.get(address) ?? 0) + 1;
      this.tries.set(address, tries);
      const responseCode = this.answer(address, tries);
      done(responseCode === null ? null : Object.assign(new Error('not now'), { responseCode }));
    },
    onData: (stream, session, done) => {
      text(stream).then(
        (raw) => {
          const to = session.envelope.rcptTo.map(({ address }) => address).join(',');
          this.received.push({ to, ...parseMail(raw) });
          done();
        },
        (error: Error) => done(error),
      );
    },
  });

  /** Returns its address: `smtp://127.0.0.1:PORT`. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    const { port } = this.server.server.address() as AddressInfo;
    return `smtp://127.0.0.1:${port}`;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.server.close(resolve));
  }
}

/** As much of MIME as a mail with attachments needs. */
function parseMail(raw: string): Pick<ReceivedMail, 'headers' | 'files'> {
  const [headers = ''] = raw.split('\r\n\r\n', 1);
  const boundary = /boundary="([^"]+)"/.exec(headers)?.[1];
  const parts = boundary ? raw.split(`--${boundary}`).slice(1, -1) : [];
  const files = parts.flatMap((part) => {
    const end = part.indexOf('\r\n\r\n');
    const name = /filename="?([^"\r\n]+)"?/.exec(part.slice(0, end))?.[1];
    return name ? [[name, Buffer.from(part.slice(end), 'base64')] as const] : [];
  });
  return { headers, files: new Map(files) };
}
