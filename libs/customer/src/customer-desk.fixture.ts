import type { TestOperator } from '@ronghe/testing';

const REGISTER = `mutation ($input: RegisterCustomerInput!, $key: String!) {
  registerCustomer(input: $input, idempotencyKey: $key) {
    customerId name phone address realNameVerified identityDocumentKind registeredAt
  }
}`;

/** Changes a customer's contact. */
export const CHANGE = `mutation ($input: ChangeContactInput!, $key: String!) {
  changeContact(input: $input, idempotencyKey: $key) {
    phone address contactHistory { phone address effectiveFrom effectiveTo }
  }
}`;

/** A counter that registers customers, each with a document of its own. */
export class CustomerDesk {
  private serial = 0;

  constructor(private readonly operator: () => TestOperator) {}

  nextKey(): string {
    this.serial += 1;
    return `key-${this.serial}`;
  }

  /** Distinct passports, for customers that a test needs and does not look at. */
  passport() {
    this.serial += 1;
    return { kind: 'PASSPORT', number: `E${String(1_000_000 + this.serial)}`, issuingCountry: 'DE' };
  }

  register(input: object, key = this.nextKey(), role: 'counter' | 'partner' = 'counter') {
    return this.operator().graphql<{ registerCustomer: { customerId: string; phone: string } }>(
      REGISTER,
      { input, key },
      role,
    );
  }

  async registered(name: string): Promise<string> {
    const { data, errors } = await this.register({ name, identityDocument: this.passport() });
    expect(errors).toBeUndefined();
    return data?.registerCustomer.customerId ?? '';
  }
}

/** The code and details of a refusal. */
export function errorOf(answer: { errors?: { extensions: { code: string; details?: object } }[] }) {
  return answer.errors?.[0]?.extensions;
}
