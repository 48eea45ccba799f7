import { keysOfIdentifier } from '../usage/subscriber-keys';
import type { ChargingRequest } from './charging-data';
import { ChargingRefusal } from './charging-refusal';

/** The subscriber of a create, and the keys by which charging finds the product. @throws ChargingRefusal */
export function guideOnline({ subscriber }: ChargingRequest): { subscriber: string; keys: string[] } {
  if (subscriber === null) {
    throw new ChargingRefusal(400, 'MANDATORY_IE_MISSING', 'a session needs a subscriber', [
      { param: 'subscriberIdentifier', reason: 'missing' },
    ]);
  }
  return { subscriber, keys: keysOfIdentifier(subscriber) };
}
