import type { ResourceKind } from '@ronghe/contracts';
import { instantFromIso } from '@ronghe/kernel';
import fc from 'fast-check';
import { decide, resourceKinds, resourceStates, type Resource, type ResourceCommand } from './resource';

const until = instantFromIso('2026-06-11T00:15:00+08:00');
const restUntil = instantFromIso('2026-09-09T00:00:00+08:00');
const commands: ResourceCommand[] = [
  { type: 'hold', orderId: 'o1', slot: 'i1/sim', until },
  { type: 'confirm' },
  { type: 'release' },
  { type: 'return', restUntil },
  { type: 'endRest' },
  { type: 'retire' },
];

function fresh(kind: ResourceKind): Resource {
  return {
    resourceId: 'r1',
    kind,
    value: '8613312345678',
    attributes: {},
    placeCode: 'cd-01',
    version: 1,
    situation: { state: 'available' },
  };
}

function after(kind: ResourceKind, ...types: ResourceCommand['type'][]): Resource {
  return types.reduce((resource, type) => {
    const command = commands.find((candidate) => candidate.type === type);
    return command ? decide(resource, command) : resource;
  }, fresh(kind));
}

describe('a unit of stock', () => {
  it('is held for an order, then sold', () => {
    expect(after('sim', 'hold').situation).toEqual({ state: 'held', orderId: 'o1', slot: 'i1/sim', until });
    const sold = after('sim', 'hold', 'confirm');
    expect(sold.situation).toEqual({ state: 'assigned', orderId: 'o1', slot: 'i1/sim' });
    expect(sold.version).toBe(3);
  });

  it('goes back to stock when its hold is released', () => {
    expect(after('mobile_number', 'hold', 'release').situation).toEqual({ state: 'available' });
  });

  it.each<[ResourceKind, string]>([
    ['mobile_number', 'quarantined'],
    ['fixed_number', 'quarantined'],
    ['sim', 'retired'],
    ['optical_terminal', 'available'],
    ['set_top_box', 'available'],
  ])('of kind %s is %s after it came back', (kind, state) => {
    expect(after(kind, 'hold', 'confirm', 'return').situation.state).toBe(state);
  });

  it('rests until the instant, and can be sold again after it', () => {
    expect(after('fixed_number', 'hold', 'confirm', 'return').situation).toEqual({
      state: 'quarantined',
      until: restUntil,
    });
    expect(after('fixed_number', 'hold', 'confirm', 'return', 'endRest', 'hold').situation.state).toBe(
      'held',
    );
  });

  it('refuses what does not apply to its state and names both', () => {
    expect(() => after('sim', 'hold', 'hold')).toThrow(
      expect.objectContaining({
        code: 'resource_state',
        details: expect.objectContaining({ state: 'held' }),
      }),
    );
    expect(() => after('sim', 'confirm')).toThrow(expect.objectContaining({ code: 'resource_state' }));
    expect(() => after('sim', 'hold', 'confirm', 'release')).toThrow();
    expect(() => after('sim', 'hold', 'confirm', 'return', 'hold')).toThrow();
  });

  it('keeps to the known states, counts its moves, and is sold only by who holds it', () => {
    const steps = fc.array(fc.constantFrom(...commands), { maxLength: 30 });
    fc.assert(
      fc.property(fc.constantFrom(...resourceKinds), steps, (kind, sequence) => {
        let resource = fresh(kind);
        let moves = 1;
        for (const command of sequence) {
          const before = resource.situation.state;
          try {
            resource = decide(resource, command);
            moves += 1;
          } catch {
            continue;
          }
          expect(resourceStates).toContain(resource.situation.state);
          if (resource.situation.state === 'assigned') expect(before).toBe('held');
          if (resource.situation.state === 'held') expect(before).toBe('available');
          expect(before).not.toBe('retired');
        }
        expect(resource.version).toBe(moves);
      }),
    );
  });
});
