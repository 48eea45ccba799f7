import { numberOfSubscriber, type ChargingRequest } from './charging-data';
import { ChargingRefusal } from './charging-refusal';

/** The subscriber of a create, and the number by which charging finds the product. */
export function guideOnline({ subscriber }: ChargingRequest): { subscriber: string; number: string } {
  if (subscriber === null) {
    throw new ChargingRefusal(400, 'MANDATORY_IE_MISSING', 'a session needs a subscriber', [
      { param: 'subscriberIdentifier', reason: 'missing' },
    ]);
  }
  const number = numberOfSubscriber(subscriber);
  if (!number)
    throw new ChargingRefusal(404, 'USER_UNKNOWN', 'the subscriber is not named by a number (msisdn-…)');
  return { subscriber, number };
}
