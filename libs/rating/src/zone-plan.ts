import type { ZonePlanPolicy } from '@ronghe/contracts';

/** A zone plan made ready: finding a zone takes as many steps as the longest prefix that fits has digits. */
export interface CompiledZonePlan {
  readonly document: ZonePlanPolicy;
  /** The zone of the longest prefix that a number begins with; null: none. */
  zoneOf(number: string): string | null;
}

/** Digits that a node of the trie branches by. */
const DIGITS = 10;
const ZERO = 48;

const compiled = new WeakMap<ZonePlanPolicy, CompiledZonePlan>();

/** Makes a plan ready; the same document object is compiled once. Prefixes with other characters than digits fit nothing. */
export function compileZonePlan(document: ZonePlanPolicy): CompiledZonePlan {
  const known = compiled.get(document);
  if (known) return known;
  const trie = new PrefixTrie();
  const codes = document.zones.map((zone) => zone.code);
  document.zones.forEach((zone, index) => zone.prefixes.forEach((prefix) => trie.add(prefix, index)));
  trie.seal();
  const plan: CompiledZonePlan = { document, zoneOf: (number) => codes[trie.find(number)] ?? null };
  compiled.set(document, plan);
  return plan;
}

/**
 * Prefixes as a tree of digits in one array. A slot holds 0 for nothing, n > 0 for the node n, n < 0 for the value
 * −n − 1 where no longer prefix begins: a prefix that no other one continues has no node of its own.
 */
class PrefixTrie {
  private slots: Int32Array | number[] = new Array<number>(DIGITS).fill(0);
  /** By node: its own value + 1; 0 for none. */
  private values: Int32Array | number[] = [0];

  /** Adds a prefix; where one is added twice the first counts. */
  add(prefix: string, value: number): void {
    let node = 0;
    for (let index = 0; index < prefix.length; index += 1) {
      const slot = slotOf(node, prefix.charCodeAt(index));
      if (slot < 0) return;
      const held = this.slots[slot] ?? 0;
      const isLast = index === prefix.length - 1;
      if (isLast && held === 0) {
        this.slots[slot] = -value - 1;
        return;
      }
      if (held > 0) node = held;
      else if (isLast) return;
      else node = this.grow(slot, held);
    }
    if ((this.values[node] ?? 0) === 0) this.values[node] = value + 1;
  }

  /** Packs it; nothing is added afterwards. */
  seal(): void {
    this.slots = Int32Array.from(this.slots);
    this.values = Int32Array.from(this.values);
  }

  /** The value of the longest prefix of the text; −1 for none. */
  find(text: string): number {
    const { slots, values } = this;
    let node = 0;
    let found = values[0] ?? 0;
    for (let index = 0; index < text.length; index += 1) {
      const slot = slotOf(node, text.charCodeAt(index));
      const next = slot < 0 ? 0 : (slots[slot] ?? 0);
      if (next <= 0) return (next < 0 ? -next : found) - 1;
      node = next;
      const value = values[node] ?? 0;
      if (value > 0) found = value;
    }
    return found - 1;
  }

  private grow(slot: number, held: number): number {
    const node = this.values.length;
    for (let digit = 0; digit < DIGITS; digit += 1) (this.slots as number[]).push(0);
    (this.values as number[]).push(held < 0 ? -held : 0);
    this.slots[slot] = node;
    return node;
  }
}

function slotOf(node: number, charCode: number): number {
  const digit = charCode - ZERO;
  return digit >= 0 && digit < DIGITS ? node * DIGITS + digit : -1;
}
