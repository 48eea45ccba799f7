import type { DomainName } from './domain-name';

/** One control total as a domain sees it (SEMANTICS §10). Figures of the same name and scope must agree over domains. */
export interface ControlFigure {
  /** What is counted: `charged-usage`, `billed-total`, `active-products`. */
  name: string;
  /** Within what: an account and period, a source, or `all`. */
  scope: string;
  value: string;
}

/** A check inside one domain: left must equal right. */
export interface ControlCheck {
  name: string;
  scope: string;
  left: string;
  right: string;
}

export interface DomainAudit {
  domain: DomainName;
  checks: ControlCheck[];
  figures: ControlFigure[];
}
