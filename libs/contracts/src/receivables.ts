import type { Instant } from '@ronghe/kernel';
import type { MoneyText } from './text';

export interface ReceivablesEvents {
  'payment.received.v1': {
    paymentId: string;
    accountId: string;
    amount: MoneyText;
    method: 'cash' | 'card' | 'transfer' | 'gateway';
    receivedAt: Instant;
  };
}
