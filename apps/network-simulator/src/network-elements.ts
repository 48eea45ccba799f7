/** The elements of the simulated network, and what each keeps a record of. */
export const elementNames = [
  'hlr',
  'pcrf',
  'ims',
  'olt',
  'aaa',
  'iptv-platform',
  'stb-manager',
  'softswitch',
  'cloud-storage',
] as const;
export type ElementName = (typeof elementNames)[number];

/** What an element knows of one subscription: whatever it was sent. */
export type Subscription = Record<string, unknown>;

/** A change as it is written to the journal, one line of JSON each. */
export interface Change {
  element: ElementName;
  subscriptionId: string;
  operation: 'put' | 'delete';
  /** Idempotency key of the request; empty when it had none. */
  key: string;
  body: Subscription | null;
}

/** Keys that are remembered; the oldest is forgotten first. */
const KEY_LIMIT = 100_000;

/** The subscriptions on all elements. Pure state: the journal is kept by whoever calls. */
export class NetworkElements {
  private readonly subscriptions = new Map<ElementName, Map<string, Subscription>>(
    elementNames.map((name) => [name, new Map<string, Subscription>()]),
  );
  private readonly keys = new Set<string>();

  /** Applies a change; false when a change with this key was applied before, which then changes nothing. */
  apply({ element, subscriptionId, operation, key, body }: Change): boolean {
    if (key !== '' && this.keys.has(key)) return false;
    if (operation === 'put') this.of(element).set(subscriptionId, body ?? {});
    else this.of(element).delete(subscriptionId);
    if (key !== '') this.remember(key);
    return true;
  }

  find(element: ElementName, subscriptionId: string): Subscription | undefined {
    return this.of(element).get(subscriptionId);
  }

  /** Everything on an element, by subscription id. */
  list(element: ElementName): { subscriptionId: string; body: Subscription }[] {
    return [...this.of(element)]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([subscriptionId, body]) => ({ subscriptionId, body }));
  }

  /** How many subscriptions each element has. */
  counts(): { element: ElementName; subscriptions: number }[] {
    return elementNames.map((element) => ({ element, subscriptions: this.of(element).size }));
  }

  private of(element: ElementName): Map<string, Subscription> {
    return this.subscriptions.get(element) ?? new Map<string, Subscription>();
  }

  private remember(key: string): void {
    this.keys.add(key);
    if (this.keys.size <= KEY_LIMIT) return;
    for (const oldest of this.keys) {
      this.keys.delete(oldest);
      return;
    }
  }
}

/** Whether the network has an element of this name. */
export function isElement(name: string): name is ElementName {
  return (elementNames as readonly string[]).includes(name);
}
