import type { BillingCommands } from './billing';
import type { CatalogCommands } from './catalog';
import type { ChargingCommands } from './charging';
import type { InventoryCommands } from './inventory';
import type { OrderingCommands } from './ordering';
import type { ProvisioningCommands } from './provisioning';

/** Every command between domains; the name starts with the domain that owns the effect. */
export interface Commands
  extends
    CatalogCommands,
    OrderingCommands,
    InventoryCommands,
    ProvisioningCommands,
    ChargingCommands,
    BillingCommands {}

export type CommandName = keyof Commands;
export type CommandInput<N extends CommandName> = Commands[N]['input'];
export type CommandAnswer<N extends CommandName> = Commands[N]['answer'];
