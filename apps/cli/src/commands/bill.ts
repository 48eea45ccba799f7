import { writeFile } from 'node:fs/promises';
import { Command, Option } from 'commander';
import {
  DELIVER_MUTATION,
  DELIVERIES_QUERY,
  deliveryTable,
  INVOICE_MUTATION,
  PDF_QUERY,
  RETRY_INVOICE_MUTATION,
  RETRY_MUTATION,
  taxInvoiceText,
  type DeliveryAnswer,
  type TaxInvoiceAnswer,
} from '../bill-documents';
import { billIdOf } from '../bill-id';
import { newKey } from '../bill-run-api';
import { connect, withConnection, type ConnectionOptions } from '../connection';

const BILL_ARGUMENT = "the bill's number, or its id";
/** Most deliveries that are listed, or tried again, at once. */
const DELIVERIES_AT_ONCE = 100;

interface OutputOptions extends ConnectionOptions {
  json?: boolean;
}

/** `ronghe bill …`: its documents, and how they reach the customer. */
export function billCommand(): Command {
  const command = new Command('bill').description('Bills: PDF, delivery, tax invoices.');
  command.addCommand(withConnection(pdfCommand()));
  for (const each of [deliverCommand(), deliveriesCommand(), retryCommand(), invoiceCommand()])
    command.addCommand(withConnection(each.option('--json', 'print the answer as JSON')));
  return command;
}

function pdfCommand(): Command {
  return new Command('pdf')
    .description('Write a bill as PDF.')
    .argument('<bill>', BILL_ARGUMENT)
    .option('--output <file>', 'where to; without it a file named by the number of the bill')
    .option('--language <language>', 'en or zh-CN', 'zh-CN')
    .action(async (name: string, options: ConnectionOptions & { output?: string; language: string }) => {
      const api = connect(options);
      const id = await billIdOf(api, name);
      const { bill } = await api.graphql<{ bill: { number: string; pdfUrl: string } | null }>(
        'billing',
        PDF_QUERY,
        { id },
      );
      if (!bill) throw Object.assign(new Error(`there is no bill ${id}`), { code: 'not_found' });
      const address = new URL(bill.pdfUrl, api.url);
      address.searchParams.set('lang', options.language);
      const answer = await fetch(address);
      if (!answer.ok)
        throw Object.assign(new Error(`the PDF was answered with ${answer.status}`), { code: 'no_pdf' });
      const file = options.output ?? `${bill.number.replace(/[^\w.-]/g, '-')}.pdf`;
      await writeFile(file, Buffer.from(await answer.arrayBuffer()));
      console.log(file);
    });
}

function deliverCommand(): Command {
  return new Command('deliver')
    .description('Send a bill, perhaps once more: as its account wishes, but for what is said here.')
    .argument('<bill>', BILL_ARGUMENT)
    .addOption(new Option('--channel <channel>', 'how').choices(['file', 'email', 'webhook']))
    .option('--address <address>', 'an e-mail address, or an https URL')
    .option('--language <language>', 'en or zh-CN')
    .action(
      async (
        name: string,
        options: OutputOptions & { channel?: string; address?: string; language?: string },
      ) => {
        const { channel, address, language } = options;
        const api = connect(options);
        const billId = await billIdOf(api, name);
        const input = { billId, channel: channel?.toUpperCase(), address, language };
        const { deliverBill } = await api.graphql<{ deliverBill: DeliveryAnswer }>(
          'billing',
          DELIVER_MUTATION,
          { input, key: newKey() },
        );
        print([deliverBill], options, deliveryTable);
      },
    );
}

function deliveriesCommand(): Command {
  return new Command('deliveries')
    .description('List deliveries of bills, the newest bill first.')
    .option('--account <account>', 'of this account only')
    .addOption(
      new Option('--state <state>', 'dead: those that a person must look at').choices([
        'waiting',
        'done',
        'dead',
      ]),
    )
    .action(async (options: OutputOptions & { account?: string; state?: string }) => {
      print(await deliveriesIn(options), options, deliveryTable);
    });
}

function retryCommand(): Command {
  return new Command('retry')
    .description('Have a delivery tried again at once, or all dead ones.')
    .argument('[delivery]', 'id of the delivery: BILL.NUMBER')
    .option('--all-dead', `every dead one, ${DELIVERIES_AT_ONCE} at once`)
    .action(async (id: string | undefined, options: OutputOptions & { allDead?: boolean }) => {
      if ((id === undefined) !== (options.allDead ?? false))
        throw Object.assign(new Error('name a delivery, or say --all-dead'), { code: 'usage' });
      const ids =
        id === undefined ? (await deliveriesIn({ ...options, state: 'dead' })).map((each) => each.id) : [id];
      const api = connect(options);
      const tried: DeliveryAnswer[] = [];
      for (const each of ids) {
        const variables = { id: each, key: newKey() };
        const answer = await api.graphql<{ retryBillDelivery: DeliveryAnswer }>(
          'billing',
          RETRY_MUTATION,
          variables,
        );
        tried.push(answer.retryBillDelivery);
      }
      print(tried, options, deliveryTable);
    });
}

function invoiceCommand(): Command {
  return new Command('invoice')
    .description('Ask for the tax invoice of a bill, or show the one that was asked for.')
    .argument('<bill>', BILL_ARGUMENT)
    .option('--retry', 'have it tried again at once')
    .action(async (name: string, options: OutputOptions & { retry?: boolean }) => {
      const mutation = options.retry ? RETRY_INVOICE_MUTATION : INVOICE_MUTATION;
      const api = connect(options);
      const answer = await api.graphql<Record<string, TaxInvoiceAnswer>>('billing', mutation, {
        id: await billIdOf(api, name),
        key: newKey(),
      });
      for (const invoice of Object.values(answer)) print(invoice, options, taxInvoiceText);
    });
}

async function deliveriesIn(
  options: ConnectionOptions & { account?: string; state?: string },
): Promise<DeliveryAnswer[]> {
  const { billDeliveries } = await connect(options).graphql<{ billDeliveries: DeliveryAnswer[] }>(
    'billing',
    DELIVERIES_QUERY,
    { account: options.account, state: options.state?.toUpperCase(), first: DELIVERIES_AT_ONCE },
  );
  return billDeliveries;
}

function print<T>(answer: T, { json }: OutputOptions, text: (answer: T) => string): void {
  console.log(json ? JSON.stringify(answer, null, 2) : text(answer));
}
