import type { RefusedCreate } from './batch-state';
import { refusalAnswer, type SessionAnswer } from './charging-answer';
import type { ChargingRequest } from './charging-data';
import { userUnknown } from './online-guide';
import { answered, repeatedAnswer } from './request-answer';

/** Creates for numbers that nobody holds: no lane has a session that could keep their answers. */
export class RefusedCreates {
  readonly written: RefusedCreate[] = [];
  private readonly byKey: Map<string, RefusedCreate>;

  constructor(before: ReadonlyMap<string, RefusedCreate>) {
    this.byKey = new Map(before);
  }

  /** Whether a create was refused before. */
  has(requestKey: string): boolean {
    return this.byKey.has(requestKey);
  }

  /** What is answered, the same each time. */
  answer(requestKey: string, request: ChargingRequest): SessionAnswer {
    const known = this.byKey.get(requestKey);
    if (known) return repeatedAnswer(known, request, null);
    const answer = refusalAnswer(userUnknown());
    const refused = { ...answered(answer, request), requestKey };
    this.byKey.set(requestKey, refused);
    this.written.push(refused);
    return answer;
  }
}
