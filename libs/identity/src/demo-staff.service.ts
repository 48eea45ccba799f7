import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Role } from '@ronghe/contracts';
import { PlatformConfig, Transactions } from '@ronghe/platform';
import { hashPassword } from './password.adapter';
import { StaffStore } from './staff.store';

/** One member of staff for each role, for demonstrations. */
const demoStaff: readonly { username: string; displayName: string; roles: Role[] }[] = [
  { username: 'counter1', displayName: 'Counter clerk 营业员', roles: ['counter'] },
  { username: 'billing1', displayName: 'Billing clerk 账务员', roles: ['billing'] },
  { username: 'operations1', displayName: 'Operator 运维', roles: ['operations'] },
  { username: 'partner1', displayName: 'Partner 合作伙伴', roles: ['partner'] },
];

/**
 * Fills an empty staff table with demonstration users when RONGHE_DEMO_STAFF=true, which the settings refuse in
 * production. Where there is anybody already it does nothing.
 */
@Injectable()
export class DemoStaffService implements OnApplicationBootstrap {
  constructor(
    private readonly config: PlatformConfig,
    private readonly transactions: Transactions,
    private readonly store: StaffStore,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.demoStaff && !this.config.production) await this.seed();
  }

  /** @returns how many were created: four, or none. */
  async seed(): Promise<number> {
    if (!(await this.transactions.read((tx) => this.store.isEmpty(tx)))) return 0;
    const passwordHash = await hashPassword(this.config.demoPassword);
    const staff = demoStaff.map((each) => ({ ...each, passwordHash }));
    // Two processes may start at once: the user name's uniqueness lets one of them win.
    return (await this.transactions.run((tx) => this.store.insert(tx, staff, 'system:identity'))).length;
  }
}
