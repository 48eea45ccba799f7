/** The operator's domains, in the order in which facts flow (DESIGN §2). */
export const domainNames = [
  'identity',
  'customer',
  'catalog',
  'ordering',
  'inventory',
  'provisioning',
  'charging',
  'billing',
  'receivables',
] as const;

/** The name of a domain: its PostgreSQL schema, its subgraph and its folder under `libs/`. */
export type DomainName = (typeof domainNames)[number];
