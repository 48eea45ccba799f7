import type { Bill } from '../bill/bill';
import type { PageModel } from '../page/page-model';
import { deliveryIdOf, type DeliveredFile, type Delivery, type DeliveryMessage } from './delivery';

/** What a channel carries, in the language of the delivery. */
export function deliveryMessage(
  delivery: Delivery,
  { bill, paper, pageUrl, sender }: { bill: Bill; paper: PageModel; pageUrl: string; sender: string },
  files: DeliveredFile[],
): DeliveryMessage {
  const { words } = paper;
  return {
    messageId: deliveryIdOf(delivery),
    address: delivery.address,
    sender,
    subject: `${words.operator}: ${paper.title} (${paper.period})`,
    text: [
      paper.title,
      `${words.period}: ${paper.period}`,
      `${words.total}: ${paper.total} ${words.yuan}`,
      paper.advice,
      pageUrl,
    ]
      .join('\n')
      .concat('\n'),
    facts: {
      billId: bill.billId,
      number: bill.number,
      accountId: bill.accountId,
      customerId: bill.customerId,
      period: bill.period,
      total: paper.total,
      dueOn: paper.dueOn,
      issuedAt: bill.issuedAt,
      pageUrl,
    },
    files,
  };
}
