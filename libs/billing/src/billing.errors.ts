import { DomainError } from '@ronghe/kernel';

/**
 * | code                     | kind        | when                                                                    |
 * |--------------------------|-------------|-------------------------------------------------------------------------|
 * | account_not_found        | not_found   | no account of this id has been opened                                   |
 * | account_prepaid          | conflict    | a charge on the next bill of an account that is not billed              |
 * | bill_not_found           | not_found   | no published bill of this id                                            |
 * | bill_line_not_found      | not_found   | no published bill has this line                                         |
 * | bill_run_not_found       | not_found   | no run of this id                                                       |
 * | invalid_bill_period      | invalid     | (kernel) a period is not of the form 2026-06                            |
 * | inputs_not_closed        | conflict    | a run asked for by hand, unforced, before its inputs passed the cut-off |
 * | period_not_ended         | conflict    | a forced run of a period that still goes on                             |
 * | reason_missing           | invalid     | a forced or rejected run without a reason                               |
 * | bill_run_in_progress     | conflict    | the period's bills are being made by another run                        |
 * | bill_run_state           | conflict    | confirm or reject of a run that does not wait for it                    |
 * | bill_run_checks_failed   | conflict    | confirm of a run whose control totals differ: it can only be rejected   |
 * | second_person_needed     | conflict    | the policy has somebody else than who asked for the run confirm it      |
 * | nothing_to_bill          | conflict    | a bill outside the cycle on which there would be nothing                |
 * | period_billed            | conflict    | a bill outside the cycle of a period that the cycle has billed          |
 * | not_quarantined          | conflict    | a release of an account that is not in quarantine                       |
 * | charge_amount_invalid    | invalid     | a one-time charge of zero or with more than two decimals                |
 * | exemption_not_found      | not_found   | no such tax exemption of the account                                    |
 * | exemption_day_invalid    | invalid     | a tax exemption that begins or ends in the past, or ends before it begins |
 * | bill_not_creditable      | conflict    | a credit note on a prepaid account's statement                          |
 * | credit_amount_invalid    | invalid     | a credit that is not above zero, or has more than two decimals          |
 * | credit_line_unknown      | not_found   | a credit on a line that the bill does not have                          |
 * | credit_line_repeated     | invalid     | a line named twice on one credit note                                   |
 * | credit_line_refused      | conflict    | a credit on a line of 0.00 or less, or on a sponsor's share             |
 * | credit_exceeds_line      | conflict    | more than runs and credit notes have left of the line                   |
 * | page_link_invalid        | forbidden   | a bill page without sign-in and without a valid link                    |
 * | delivery_not_found       | not_found   | no delivery of this id                                                  |
 * | delivery_done            | conflict    | a retry of a delivery or tax invoice that has succeeded                 |
 * | delivery_address_invalid | invalid     | no e-mail address, or no https address, where the channel needs one     |
 * | delivery_way_missing     | invalid     | a delivery of a bill whose account wishes none, without a channel       |
 * | delivery_policy_missing  | conflict    | no policy on delivery in force on a day                                 |
 * | buyer_incomplete         | invalid     | a buyer's tax number without a name                                     |
 * | tax_invoice_not_found    | not_found   | nobody has asked for a tax invoice of this bill                         |
 * | not_invoiced             | conflict    | a tax invoice of a statement, or of a bill of 0.00                      |
 * | offer_unknown            | conflict    | a product's offer version has not been published: quarantines the group |
 * | policy_missing           | conflict    | no billing policy in force on the last day of the period                |
 * | rounding_unsupported     | conflict    | a rounding policy in force says what is not done: quarantines the group |
 * | account_relations_loop   | conflict    | accounts pay for each other in a circle: quarantines the group          |
 * | payer_not_billed         | conflict    | charges stand on a bill of an account that is not billed with the group: quarantines it |
 * | billing_group_mixed      | conflict    | a relation of accounts of two lanes or cycles, which cannot be billed together |
 * | event_parked             | conflict    | an event about the account could not be applied: quarantines the group  |
 * | tax_rate_missing         | invalid     | (rating) no rate for a tax class on a day: quarantines the group        |
 * | projection_behind        | unavailable | an event came before the account that it is about: the feed tries again |
 */
export const billingErrors = {
  accountNotFound: (accountId: string) =>
    new DomainError('account_not_found', 'not_found', 'no such account', { accountId }),
  accountPrepaid: (accountId: string) =>
    new DomainError(
      'account_prepaid',
      'conflict',
      'a prepaid account has no bill to charge on; adjust its money',
      {
        accountId,
      },
    ),
  billNotFound: (billId: string) =>
    new DomainError('bill_not_found', 'not_found', 'no such bill', { billId }),
  billLineNotFound: (lineId: string) =>
    new DomainError('bill_line_not_found', 'not_found', 'no such bill line', { lineId }),
  runNotFound: (runId: string) =>
    new DomainError('bill_run_not_found', 'not_found', 'no such bill run', { runId }),
  inputsNotClosed: (waitingFor: readonly { input: string; needs: string; has: string | null }[]) =>
    new DomainError(
      'inputs_not_closed',
      'conflict',
      `the run must wait for: ${waitingFor.map(({ input }) => input).join(', ')}`,
      { waitingFor },
    ),
  periodNotEnded: (period: string, endsAt: string) =>
    new DomainError('period_not_ended', 'conflict', 'the period still goes on', { period, endsAt }),
  reasonMissing: () =>
    new DomainError('reason_missing', 'invalid', 'give a reason: it is recorded with the run'),
  runInProgress: (runId: string, state: string) =>
    new DomainError('bill_run_in_progress', 'conflict', 'another run makes the bills of this period', {
      runId,
      state,
    }),
  runState: (runId: string, state: string) =>
    new DomainError('bill_run_state', 'conflict', `the run is ${state}`, { runId, state }),
  checksFailed: (runId: string, failed: readonly string[]) =>
    new DomainError('bill_run_checks_failed', 'conflict', `control totals differ: ${failed.join(', ')}`, {
      runId,
      failed,
    }),
  secondPersonNeeded: (runId: string, requestedBy: string) =>
    new DomainError(
      'second_person_needed',
      'conflict',
      'somebody else than who asked for the run confirms it',
      {
        runId,
        requestedBy,
      },
    ),
  nothingToBill: (accountId: string) =>
    new DomainError('nothing_to_bill', 'conflict', 'there is nothing to bill now', { accountId }),
  periodBilled: (accountId: string, period: string) =>
    new DomainError('period_billed', 'conflict', 'the run of the cycle has billed the period', {
      accountId,
      period,
    }),
  notQuarantined: (accountId: string, runId: string) =>
    new DomainError('not_quarantined', 'conflict', 'the account is not in quarantine', { accountId, runId }),
  chargeAmountInvalid: (amount: string) =>
    new DomainError(
      'charge_amount_invalid',
      'invalid',
      'a charge is an amount of yuan and fen other than zero',
      {
        amount: amount.slice(0, 40),
      },
    ),
  exemptionNotFound: (exemptionId: string) =>
    new DomainError('exemption_not_found', 'not_found', 'the account has no such exemption', { exemptionId }),
  exemptionDayInvalid: (day: string, earliest: string) =>
    new DomainError('exemption_day_invalid', 'invalid', `the day is ${earliest} at the earliest`, {
      day,
      earliest,
    }),
  billNotCreditable: (billId: string) =>
    new DomainError('bill_not_creditable', 'conflict', 'nothing is due of a statement: adjust the money', {
      billId,
    }),
  creditAmountInvalid: (amount: string) =>
    new DomainError('credit_amount_invalid', 'invalid', 'a credit is a positive amount of yuan and fen', {
      amount: amount.slice(0, 40),
    }),
  creditLineUnknown: (billId: string, no: number) =>
    new DomainError('credit_line_unknown', 'not_found', 'the bill has no such line', { billId, no }),
  creditLineRepeated: (billId: string, no: number) =>
    new DomainError('credit_line_repeated', 'invalid', 'the line is named twice', { billId, no }),
  creditLineRefused: (billId: string, no: number) =>
    new DomainError('credit_line_refused', 'conflict', 'the line charges nothing that could be credited', {
      billId,
      no,
    }),
  creditExceedsLine: (billId: string, no: number, left: string) =>
    new DomainError('credit_exceeds_line', 'conflict', 'less is left of the line', { billId, no, left }),
  pageLinkInvalid: () =>
    new DomainError('page_link_invalid', 'forbidden', 'the link is wrong or has expired: ask for a new one'),
  deliveryNotFound: (id: string) =>
    new DomainError('delivery_not_found', 'not_found', 'no such delivery', { id: id.slice(0, 60) }),
  deliveryDone: (id: string) =>
    new DomainError('delivery_done', 'conflict', 'it has succeeded: there is nothing to try again', { id }),
  deliveryAddressInvalid: (channel: string) =>
    new DomainError(
      'delivery_address_invalid',
      'invalid',
      channel === 'email'
        ? 'that is no e-mail address'
        : 'a webhook needs an https address without a password',
      { channel },
    ),
  deliveryWayMissing: (accountId: string) =>
    new DomainError('delivery_way_missing', 'invalid', 'the account wishes no delivery: name a channel', {
      accountId,
    }),
  deliveryPolicyMissing: (day: string) =>
    new DomainError('delivery_policy_missing', 'conflict', `no policy on delivery is in force on ${day}`, {
      day,
    }),
  buyerIncomplete: () =>
    new DomainError('buyer_incomplete', 'invalid', 'a buyer with a tax number needs a name'),
  taxInvoiceNotFound: (billId: string) =>
    new DomainError('tax_invoice_not_found', 'not_found', 'nobody has asked for its tax invoice', { billId }),
  notInvoiced: (billId: string) =>
    new DomainError('not_invoiced', 'conflict', 'nothing was sold on it that a tax invoice could say', {
      billId,
    }),
  offerUnknown: (code: string, version: number) =>
    new DomainError('offer_unknown', 'conflict', `offer ${code} version ${version} is not known`, {
      code,
      version,
    }),
  policyMissing: (day: string) =>
    new DomainError('policy_missing', 'conflict', `no billing policy is in force on ${day}`, { day }),
  roundingUnsupported: (code: string, version: number, said: string, done: string) =>
    new DomainError(
      'rounding_unsupported',
      'conflict',
      `policy ${code} version ${version} rounds by ${said}; what is done is ${done}`,
      { code, version, said, done },
    ),
  eventParked: (accountId: string, reason: string) =>
    new DomainError('event_parked', 'conflict', `an event about the account is parked: ${reason}`, {
      accountId,
    }),
  relationsLoop: (accountId: string) =>
    new DomainError('account_relations_loop', 'conflict', 'accounts pay for each other in a circle', {
      accountId,
    }),
  payerNotBilled: (accountId: string) =>
    new DomainError('payer_not_billed', 'conflict', 'the account that pays is not billed with the group', {
      accountId,
    }),
  groupMixed: (relationId: string) =>
    new DomainError(
      'billing_group_mixed',
      'conflict',
      'accounts of two lanes or bill cycles cannot be billed together',
      { relationId },
    ),
  projectionBehind: (accountId: string) =>
    new DomainError('projection_behind', 'unavailable', 'the account has not arrived yet', { accountId }),
} as const;
