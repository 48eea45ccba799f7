import type { PaymentMethod } from './payment';
import type { AllocationText } from './settlement/target';

/** A payment as somebody asks for it. */
export interface PaymentRequest {
  accountId: string;
  amount: string;
  method: PaymentMethod;
  /** From which local day it counts; absent: the business day. */
  valueDate?: string | null | undefined;
  /** The payer's, bank's or gateway's own id of it. */
  reference?: string | null | undefined;
  /** What it is for; what is left pays the oldest bills. */
  allocations?: readonly AllocationText[] | undefined;
}
