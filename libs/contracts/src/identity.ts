/** What a member of staff or a partner may do; the full policy is finer. */
export const roles = ['counter', 'billing', 'operations', 'partner'] as const;
export type Role = (typeof roles)[number];

/** Who acts, on every command and audit record. */
export interface Actor {
  /** Staff or client id; `system` for jobs and schedules. */
  id: string;
  roles: Role[];
}
