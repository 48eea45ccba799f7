import type { Fields } from './fields';
import { replayNrfRating } from './nrf-rating';
import { NotApplicable, type Outcome } from './outcome';

export const NCHF = 'Nchf_ConvergedCharging';

/** The interface that a vector of `online_charging.json` is about, without whose it is. */
export function interfaceOf(vector: Fields): string {
  return vector.text('interface').replace(/ \(.*$/, '');
}

/**
 * `online_charging.json`: what an interface answers. Ratings (Nrf_Rating) are the engine's to answer; requests of
 * Nchf_ConvergedCharging the running suite's (`--url`), whose checks and sessions they are about.
 */
export function replayOnlineCharging(vector: Fields): Outcome {
  const name = interfaceOf(vector);
  if (name === 'Nrf_Rating') return replayNrfRating(vector);
  throw new NotApplicable(
    name === NCHF ? 'answered by a running suite: give its --url' : `the interface ${name} is not offered`,
  );
}
