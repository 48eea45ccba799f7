/** The job that tries a delivery once. */
export const deliverJob = 'billing.deliverBill';
/** The job that has the tax invoices of a bill numbered, once. */
export const invoiceJob = 'billing.issueTaxInvoice';
