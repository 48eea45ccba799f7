import type { DeliveryAttachment, DeliveryChannel } from '@ronghe/contracts';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  MaxLength,
} from 'class-validator';
import type { PageLanguage } from '../page/page-words';

const channels = ['NONE', 'FILE', 'EMAIL', 'WEBHOOK'] as const;
const attachments = ['PDF', 'HTML', 'TAX_INVOICE'] as const;
const languages = ['en', 'zh-CN'] as const;

/** How GraphQL writes a channel. */
export type ChannelName = (typeof channels)[number];
/** How GraphQL writes an attachment. */
export type AttachmentName = (typeof attachments)[number];

/** The document's word for GraphQL's. */
export function channelFrom(name: ChannelName): DeliveryChannel {
  return name.toLowerCase() as Lowercase<ChannelName>;
}

/** The documents' words for GraphQL's, each once. */
export function attachmentsFrom(names: readonly AttachmentName[]): DeliveryAttachment[] {
  const words: Record<AttachmentName, DeliveryAttachment> = {
    PDF: 'pdf',
    HTML: 'html',
    TAX_INVOICE: 'tax-invoice',
  };
  return [...new Set(names)].map((name) => words[name]);
}

class WayDto {
  @IsOptional()
  @IsString()
  @MaxLength(300)
  address?: string | null;

  @IsOptional()
  @IsIn(languages)
  language?: PageLanguage | null;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(3)
  @IsIn(attachments, { each: true })
  attachments?: AttachmentName[] | null;
}

/** GraphQL input SetBillDeliveryInput. */
export class SetBillDeliveryDto extends WayDto {
  @IsUUID()
  accountId!: string;

  @IsIn(channels)
  channel!: ChannelName;

  @IsOptional()
  @IsBoolean()
  wantsTaxInvoice?: boolean | null;

  @IsOptional()
  @IsString()
  @Length(1, 100)
  buyerName?: string | null;

  @IsOptional()
  @Matches(/^[0-9A-Z]{15,20}$/)
  buyerTaxNumber?: string | null;
}

/** GraphQL input DeliverBillInput. */
export class DeliverBillDto extends WayDto {
  @IsUUID()
  billId!: string;

  @IsOptional()
  @IsIn(channels.filter((channel) => channel !== 'NONE'))
  channel?: Exclude<ChannelName, 'NONE'> | null;
}
