import net from 'node:net';

/** What is read at a time. */
const READ_BYTES = 16 * 1024;
const END_OF_HEAD = '\r\n\r\n';
const LENGTH = '\r\ncontent-length: ';

/**
 * HTTP/1.1 by hand on one connection that is kept alive, one request after the other: on two cores whatever the load generator
 * costs is taken from what is measured, and a library would cost more than that.
 * @param {number} port
 * @param {string} headers of every request, each with its line end
 */
export async function connect(port, headers) {
  /** @type {{ resolve: (answer: { status: number, text: string }) => void, reject: (error: Error) => void } | null} */
  let waiting = null;
  let received = '';
  const socket = net.connect({
    port,
    host: '127.0.0.1',
    noDelay: true,
    // Without the events of a stream, and without a decoder.
    onread: {
      buffer: Buffer.allocUnsafe(READ_BYTES),
      callback(count, buffer) {
        received += buffer.latin1Slice(0, count);
        if (!isWhole(received)) return true;
        const text = received;
        received = '';
        waiting?.resolve({ status: Number(text.slice(9, 12)), text });
        return true;
      },
    },
  });
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  socket.on('error', (error) => waiting?.reject(error));
  socket.on('close', () => waiting?.reject(new Error('the connection was closed')));
  return {
    /** @param {string} path @param {string} body of ASCII alone */
    post(path, body) {
      return new Promise((resolve, reject) => {
        if (socket.destroyed) return reject(new Error('the connection was closed'));
        waiting = { resolve, reject };
        socket.write(
          `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n${headers}content-length: ${body.length}${END_OF_HEAD}${body}`,
          'latin1',
        );
      });
    },
    close() {
      waiting = null;
      socket.destroy();
    },
  };
}

/** Whether an answer has arrived with its body. @param {string} text */
function isWhole(text) {
  const head = text.indexOf(END_OF_HEAD);
  if (head < 0) return false;
  const at = text.indexOf(LENGTH);
  // As the server writes it: an answer without a length has no body.
  const length = at >= 0 && at < head ? Number.parseInt(text.slice(at + LENGTH.length, head), 10) : 0;
  return text.length >= head + END_OF_HEAD.length + length;
}
