import { instantFromIso } from '@ronghe/kernel';
import { isUndated, type Session, type SessionState } from './session';

const at = (state: SessionState, minute: number) =>
  ({ sessionId: 's', state, expiresAt: instantFromIso(`2026-06-11T00:0${minute}:00Z`) }) as Session;

it.each([
  ['is new', undefined, at('open', 5), true],
  ['is refused', undefined, at('refused', 5), false],
  ['is renewed', at('open', 4), at('open', 5), false],
  ['is renewed for a shorter time', at('open', 6), at('open', 5), true],
  ['has come back', at('expired', 4), at('open', 5), true],
  ['has ended', at('open', 4), at('released', 4), false],
])('a session that %s: whether its deadline has to be said', (_, before, after, expected) => {
  expect(isUndated(after, new Map(before ? [['s', before]] : []))).toBe(expected);
});
