import type { UsageTotal as TotalFact } from '@ronghe/contracts';
import { amountToDecimal } from '@ronghe/kernel';
import type {
  RatedUsage,
  SuspendedUsage as SuspendedUsageView,
  SuspenseReason as SuspenseReasonName,
  SuspenseState as SuspenseStateName,
  UsageClass,
  UsageFile as UsageFileView,
  UsageFileState as UsageFileStateName,
  UsageTotal,
  UsageUnit,
} from '../generated/graphql';
import type { StoredUsage } from './rated-usage';
import type { SuspendedUsage, SuspenseReason, SuspenseState } from './suspense';
import { bytesDone, type ReportedFile } from './usage-file';

/** A rated usage as GraphQL shows it. */
export function usageView(usage: StoredUsage): RatedUsage {
  const {
    usageId,
    source,
    recordId,
    productId,
    card,
    period,
    usedAt,
    peer,
    chargeCode,
    chargeClass,
    bookedCard,
  } = usage;
  return {
    usageId,
    source,
    recordId,
    productId,
    card,
    period,
    usageClass: usage.usageClass.toUpperCase() as UsageClass,
    usedAt,
    peer,
    quantity: usage.quantity.toString(),
    unit: usage.unit.toUpperCase() as UsageUnit,
    unitsTotal: usage.unitsTotal.toString(),
    unitsCharged: usage.unitsCharged.toString(),
    takes: usage.takes.map((take) => ({ bucket: take.bucketCode, units: take.units.toString() })),
    chargeCode,
    chargeClass,
    bookedCard,
    amount: amountToDecimal(usage.amount),
    zeroedByCap: usage.zeroedByCap,
    late: usage.isLate,
    revision: usage.revision,
  };
}

/** A total as GraphQL shows it. */
export function totalView({ accountId: _account, period: _period, unit, ...total }: TotalFact): UsageTotal {
  return { ...total, unit: unit.toUpperCase() as UsageUnit };
}

/** A usage file as GraphQL shows it. */
export function fileView(file: ReportedFile): UsageFileView {
  const { fileId, source, fileName, reason, contentHash, sizeBytes, receivedAt, finishedAt } = file;
  const { read, rated, duplicates, suspended, reconciled, waiting, combined, recordsPerSecond, secondsLeft } =
    file;
  const state = file.state.toUpperCase() as UsageFileStateName;
  return {
    fileId,
    source,
    fileName,
    state,
    reason,
    contentHash,
    sizeBytes: String(sizeBytes),
    read,
    rated,
    duplicates,
    suspended,
    reconciled,
    waiting,
    combined,
    bytesDone: String(bytesDone(file)),
    recordsPerSecond,
    secondsLeft,
    receivedAt,
    finishedAt,
  };
}

/** A suspended record as GraphQL shows it. */
export function suspendedView(suspended: SuspendedUsage): SuspendedUsageView {
  const { holdsKey: _holdsKey, cells, reason, state, ...rest } = suspended;
  return {
    ...rest,
    reason: reason.toUpperCase() as SuspenseReasonName,
    state: state.toUpperCase() as SuspenseStateName,
    cells: Object.entries(cells).map(([column, value]) => ({ column, value })),
  };
}

/** The inverse of the names above. */
export function reasonOf(name: SuspenseReasonName | null | undefined): SuspenseReason | null {
  return name ? (name.toLowerCase() as SuspenseReason) : null;
}

/** The inverse of the names above. */
export function stateOf(name: SuspenseStateName): SuspenseState {
  return name.toLowerCase() as SuspenseState;
}
