/** Bytes that are handed to the connection at once. */
const chunkLength = 65_536;

/**
 * Reads what COPY gives out: the rows of a query in COPY's text format.
 * @param {import('pg').Client} client @param {string} query @returns {Promise<Buffer>}
 */
export async function copyOut(client, query) {
  const chunks = [];
  await run(client, `copy (${query}) to stdout`, {
    handleCopyData: ({ chunk }) => chunks.push(Buffer.from(chunk)),
  });
  return Buffer.concat(chunks);
}

/** Loads rows in COPY's text format. @param {import('pg').Client} client @param {string} into @param {Buffer} rows */
export async function copyIn(client, into, rows) {
  await run(client, `copy ${into} from stdin`, {
    handleCopyInResponse(connection) {
      for (let at = 0; at < rows.length; at += chunkLength)
        connection.sendCopyFromChunk(rows.subarray(at, at + chunkLength));
      connection.endCopyFrom();
    },
  });
}

/** What pg calls as the protocol goes on. */
function run(client, text, handlers) {
  return new Promise((resolve, reject) => {
    let failure = null;
    client.query({
      submit: (connection) => connection.query(text),
      handleCommandComplete() {},
      handleReadyForQuery: () => (failure ? reject(failure) : resolve(undefined)),
      handleError: (error) => ((failure = error), reject(error)),
      ...handlers,
    });
  });
}
