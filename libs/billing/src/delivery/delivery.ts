import type { DeliveryAttachment, DeliveryChannel } from '@ronghe/contracts';
import type { Instant } from '@ronghe/kernel';
import type { AttemptState } from '../document/attempt';
import type { PageLanguage } from '../page/page-words';

/** A channel that carries something. */
export type CarryingChannel = Exclude<DeliveryChannel, 'none'>;

/** How a bill is brought: where to, in which language, with what. */
export interface DeliveryWay {
  channel: CarryingChannel;
  /** An e-mail address or a URL; null for files. */
  address: string | null;
  language: PageLanguage;
  attachments: DeliveryAttachment[];
}

/** A bill on its way to its customer. */
export interface Delivery extends DeliveryWay {
  lane: number;
  billId: string;
  /** The first one of a bill is that of its publication. */
  no: number;
  accountId: string;
  /** Business time. */
  requestedAt: Instant;
  state: AttemptState;
  attempts: number;
  /** System time; null: it is not tried again. */
  nextTryAt: Instant | null;
  lastError: string | null;
  /** System time. */
  doneAt: Instant | null;
}

/** What an account wishes. */
export interface DeliveryWish extends Omit<DeliveryWay, 'channel'> {
  lane: number;
  accountId: string;
  channel: DeliveryChannel;
  wantsTaxInvoice: boolean;
  /** Null: an invoice to a person, without a title. */
  buyerName: string | null;
  buyerTaxNumber: string | null;
}

/** A file that goes with a bill. */
export interface DeliveredFile {
  fileName: string;
  contentType: string;
  content: Buffer;
}

/** What a channel carries. The same delivery has the same `messageId` however often it is tried. */
export interface DeliveryMessage {
  /** `BILL.NO`: the idempotency key of webhooks, and what the Message-ID of e-mail is made of. */
  messageId: string;
  address: string | null;
  sender: string;
  subject: string;
  text: string;
  /** What machines read, amounts as text. */
  facts: Record<string, string>;
  files: DeliveredFile[];
}

/** The public id of a delivery: its bill and its place. */
export function deliveryIdOf({ billId, no }: { billId: string; no: number }): string {
  return `${billId}.${no}`;
}
