import { createTransport } from 'nodemailer';
import { PermanentFailure } from '../document/attempt';
import type { DeliveryMessage } from './delivery';

/** How long a mail server has to answer each step. */
const TIMEOUT_MS = 20_000;

/**
 * Sends a bill by e-mail. The Message-ID is the same for every attempt, so that a mail box that got it twice can tell.
 * @throws PermanentFailure when the server says that trying again is of no use (5xx).
 */
export async function sendMail(serverUrl: string, message: DeliveryMessage): Promise<void> {
  const transport = createTransport({
    url: serverUrl,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    // What is attached are buffers of ours.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await transport.sendMail({
      from: message.sender,
      to: message.address ?? '',
      subject: message.subject,
      text: message.text,
      messageId: `<${message.messageId}@${message.sender.split('@')[1] ?? 'ronghe'}>`,
      attachments: message.files.map(({ fileName, contentType, content }) => ({
        filename: fileName,
        contentType,
        content,
      })),
    });
  } catch (error) {
    if (isRefused(error)) throw new PermanentFailure((error as Error).message);
    throw error;
  } finally {
    transport.close();
  }
}

/** RFC 5321 §4.2.1: 5yz is a permanent negative reply. A refused login is ours to mend, so it is tried again. */
function isRefused(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { responseCode, code } = error as { responseCode?: number; code?: string };
  return code !== 'EAUTH' && responseCode !== undefined && responseCode >= 500;
}
