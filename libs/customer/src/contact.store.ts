import { Injectable } from '@nestjs/common';
import { instantFromDate, instantToDate, newId } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { Contact } from './contact';
import { ContactMediumEntity } from './contact.entity';
import { FOREVER, type Amendment, type ContactVersion } from './contact-history';

interface ContactRow {
  id: string;
  party_id: string;
  phone: string | null;
  address: string | null;
  effective_from: Date;
  effective_to: Date | null;
}

/** A version with the party that it belongs to. */
export interface StoredContact extends ContactVersion {
  partyId: string;
}

/** Who recorded something, and why. */
export interface Recording {
  by: string;
  cause: string;
}

/** The contacts of parties, append-only. */
@Injectable()
export class ContactStore {
  /** The first contact of a party, from now on. */
  async insertFirst(tx: Tx, partyId: string, contact: Contact, recording: Recording): Promise<void> {
    await this.insert(tx, partyId, [{ ...contact, id: newId(), from: tx.now, to: FOREVER }], recording);
  }

  /** What is known now of the parties' contacts, earliest first. */
  async findCurrent(tx: Tx, partyIds: readonly string[]): Promise<StoredContact[]> {
    const rows = await tx.query<ContactRow>(
      `select id, party_id, phone, address, effective_from, effective_to from customer.contact_medium
       where party_id = any($1) and superseded_at is null order by party_id, effective_from`,
      [partyIds],
    );
    return rows.map(fromRow);
  }

  /** Writes an amendment: the superseded row keeps its content and gets the time until which it was believed. */
  async amend(tx: Tx, partyId: string, amendment: Amendment, recording: Recording): Promise<void> {
    await tx.execute(`update customer.contact_medium set superseded_at = $2 where id = $1`, [
      amendment.supersede,
      tx.now,
    ]);
    await this.insert(tx, partyId, amendment.insert, recording);
  }

  private async insert(
    tx: Tx,
    partyId: string,
    versions: ContactVersion[],
    recording: Recording,
  ): Promise<void> {
    await tx.manager.insert(
      ContactMediumEntity,
      versions.map((version) => ({
        id: version.id,
        partyId,
        phone: version.phone,
        address: version.address,
        effectiveFrom: instantToDate(version.from),
        effectiveTo: version.to === FOREVER ? null : instantToDate(version.to),
        recordedAt: instantToDate(tx.now),
        recordedBy: recording.by,
        cause: recording.cause,
        supersededAt: null,
      })),
    );
  }
}

function fromRow(row: ContactRow): StoredContact {
  return {
    id: row.id,
    partyId: row.party_id,
    phone: row.phone,
    address: row.address,
    from: instantFromDate(row.effective_from),
    to: row.effective_to === null ? FOREVER : instantFromDate(row.effective_to),
  };
}
