import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Roles } from '@ronghe/platform';
import { BillService } from '../bill/bill.service';
import { billView, type BillView } from '../bill/bill.view';
import { IssueCreditNoteDto } from './credit-note.dto';
import { CreditNoteService } from './credit-note.service';

/** Credit notes by hand. */
@Resolver('Bill')
export class CreditNoteResolver {
  constructor(
    private readonly notes: CreditNoteService,
    private readonly bills: BillService,
  ) {}

  @Roles('billing')
  @Mutation('issueCreditNote')
  async issueCreditNote(
    @Args('input') input: IssueCreditNoteDto,
    @Args('idempotencyKey') key: string,
  ): Promise<BillView> {
    const { billId, reason } = input;
    const lines = input.lines.map(({ no, amount }) => ({ no, amount: amount ?? null }));
    const note = await this.notes.issue({ billId, reason, lines }, key);
    return billView(await this.bills.get(note.billId));
  }
}
