import type { ControlFigure, DomainAudit } from '@ronghe/contracts';

/** Two figures that should agree and do not. */
export interface AuditDifference {
  name: string;
  scope: string;
  /** Where each value was found. */
  values: { domain: string; value: string }[];
}

export interface AuditReport {
  checks: number;
  differences: AuditDifference[];
}

/**
 * Compares what the domains say (SEMANTICS §10): every check inside a domain, and every figure of the same
 * name and scope over domains. A figure that one of its reporting domains lacks in a scope counts as 0 there.
 */
export function compareAudits(audits: readonly DomainAudit[]): AuditReport {
  const differences: AuditDifference[] = [];
  let checks = 0;
  for (const { domain, checks: own } of audits) {
    for (const check of own) {
      checks += 1;
      if (sameValue(check.left, check.right)) continue;
      differences.push({
        name: check.name,
        scope: check.scope,
        values: [
          { domain: `${domain} (left)`, value: check.left },
          { domain: `${domain} (right)`, value: check.right },
        ],
      });
    }
  }
  for (const [name, reporters] of reportersByName(audits)) {
    if (reporters.size < 2) continue;
    const scopes = new Set(
      [...reporters.values()].flatMap((figures) => figures.map((figure) => figure.scope)),
    );
    for (const scope of scopes) {
      checks += 1;
      const values = [...reporters].map(([domain, figures]) => ({
        domain,
        value: figures.find((figure) => figure.scope === scope)?.value ?? '0',
      }));
      const first = values[0]?.value ?? '0';
      if (values.some(({ value }) => !sameValue(value, first))) differences.push({ name, scope, values });
    }
  }
  return { checks, differences };
}

function reportersByName(audits: readonly DomainAudit[]): Map<string, Map<string, ControlFigure[]>> {
  const names = new Map<string, Map<string, ControlFigure[]>>();
  for (const { domain, figures } of audits) {
    for (const figure of figures) {
      const reporters = names.get(figure.name) ?? new Map<string, ControlFigure[]>();
      reporters.set(domain, [...(reporters.get(domain) ?? []), figure]);
      names.set(figure.name, reporters);
    }
  }
  return names;
}

/** Decimal texts are equal whatever their trailing zeros: 4.1 and 4.100000. */
function sameValue(a: string, b: string): boolean {
  return canonical(a) === canonical(b);
}

function canonical(text: string): string {
  return /^-?\d+\.\d+$/.test(text) ? text.replace(/0+$/, '').replace(/\.$/, '').replace(/^-0$/, '0') : text;
}
