import type { DeliveryAttachment } from '@ronghe/contracts';
import type { AttemptState } from '../document/attempt';
import type { TaxInvoiceRequest } from '../invoice/tax-invoice';
import { deliveryIdOf, type Delivery, type DeliveryWish } from './delivery';

const states: Record<AttemptState, 'WAITING' | 'DONE' | 'DEAD'> = {
  waiting: 'WAITING',
  done: 'DONE',
  dead: 'DEAD',
};

/** How GraphQL writes a state, and back. */
export function stateFrom(name: string | null | undefined): AttemptState | null {
  return (Object.keys(states) as AttemptState[]).find((state) => states[state] === name) ?? null;
}

/** A delivery as GraphQL shows it. */
export function deliveryView(delivery: Delivery) {
  const { billId, accountId, channel, address, language, attempts, lastError } = delivery;
  return {
    id: deliveryIdOf(delivery),
    billId,
    accountId,
    channel: channel.toUpperCase(),
    address,
    language,
    attachments: delivery.attachments.map(attachmentName),
    state: states[delivery.state],
    attempts,
    nextTryAt: delivery.nextTryAt,
    lastError,
    requestedAt: delivery.requestedAt,
    doneAt: delivery.doneAt,
  };
}

/** What an account wishes, as GraphQL shows it. */
export function wishView(wish: DeliveryWish) {
  const { accountId, channel, address, language, attachments, wantsTaxInvoice, buyerName, buyerTaxNumber } =
    wish;
  return {
    accountId,
    channel: channel.toUpperCase(),
    address,
    language,
    attachments: attachments.map(attachmentName),
    wantsTaxInvoice,
    buyerName,
    buyerTaxNumber,
  };
}

/** A bill's tax invoices as GraphQL shows them. */
export function invoiceView({ billId, state, attempts, nextTryAt, lastError, invoices }: TaxInvoiceRequest) {
  return {
    billId,
    state: states[state],
    attempts,
    nextTryAt,
    lastError,
    invoices: invoices.map((invoice) => ({
      ...invoice,
      kind: invoice.kind === 'blue' ? ('BLUE' as const) : ('RED' as const),
    })),
  };
}

function attachmentName(attachment: DeliveryAttachment): string {
  return attachment.toUpperCase().replace('-', '_');
}
