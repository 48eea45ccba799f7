import type { Fields } from './fields';
import { NotApplicable, type Outcome } from './outcome';

/**
 * `online_charging.json`: what an interface answers (status, headers, problem causes). It is answered by the running
 * suite, not by the engine, which is all that the replayer has.
 */
export function replayOnlineCharging(vector: Fields): Outcome {
  const name = vector.text('interface').replace(/ \(.*$/, '');
  throw new NotApplicable(
    name === 'Nchf_ConvergedCharging'
      ? 'the answers of an interface need the running suite'
      : `the interface ${name} is not offered`,
  );
}
