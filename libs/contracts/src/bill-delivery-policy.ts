import type { PolicyHead } from './policy-head';

/** The ways on which a bill reaches its customer; `none`: it is only there to be read. */
export type DeliveryChannel = 'none' | 'file' | 'email' | 'webhook';

/** What goes with a delivered bill. A tax invoice is waited for until it has its number. */
export type DeliveryAttachment = 'pdf' | 'html' | 'tax-invoice';

/** How bills reach customers, and who the seller on their tax invoices is. */
export interface BillDeliveryPolicy extends PolicyHead<'bill-delivery'> {
  /** For accounts that have not said what they wish; e-mail and webhook need an address, so nobody gets them unasked. */
  channel: 'none' | 'file';
  language: 'en' | 'zh-CN';
  attachments: DeliveryAttachment[];
  /** Pauses double from the first to the longest; after so many attempts a person must look. */
  retry: { firstSeconds: number; longestSeconds: number; attempts: number };
  /** The address that e-mail comes from. */
  sender: string;
  /** Which bills get a tax invoice by themselves: of all accounts, or of those that wish it. */
  taxInvoices: 'all' | 'wished';
  seller: InvoiceSeller;
  /** What the tax platform calls what is sold, by tax class; a class without one cannot be invoiced. */
  items: { taxClass: string; code: string; name: string }[];
}

/** The seller on tax invoices, in Chinese as it is registered. */
export interface InvoiceSeller {
  name: string;
  /** Unified social credit code. */
  taxNumber: string;
  address: string | null;
  bank: string | null;
}
