import { minInstant, type Instant } from '@ronghe/kernel';
import type { UsagePlan } from '@ronghe/rating';
import type { UsedUnits } from './charging-data';
import type { OnlineUse } from './online-policy';
import type { Session, SessionLine } from './session';
import { isLineOf, lineWith, newLine, openLineOf } from './session-lines';
import { changeTold } from './told-change';
import { amountOf } from './units';
import { refuseTooMuch } from './used-limit';

/** Whose use is added. */
interface Using {
  session: Pick<Session, 'sessionId' | 'startedAt' | 'peer'>;
  use: OnlineUse;
  planOf(line: SessionLine): UsagePlan;
}

/**
 * A session's lines with what one rating group and user plane reports, in the order of its containers. Use is split where the
 * network says that the tariff changed; a call is not: its price knows its length.
 * @returns also the lines to which something was added, by usage id
 * @throws ChargingRefusal OPTIONAL_IE_INCORRECT where it is more than a session can have
 */
export function linesWithUse(
  before: readonly SessionLine[],
  containers: readonly UsedUnits[],
  using: Using,
  now: Instant,
): { lines: readonly SessionLine[]; touched: ReadonlySet<string> } {
  const { session, use } = using;
  const touched = new Set<string>();
  let lines = before;
  let since: Instant | null = null;
  for (const used of containers) {
    const isSplit = used.endsTariff && use.usageClass !== 'voice';
    const changedAt: Instant | null = isSplit ? changeOf(used, lines, using, now) : null;
    const at: Instant | null = changedAt ?? (used.at && minInstant(used.at, now));
    const line = lineOfUse(session, lines, use, { at, since });
    const more = lineWith(line, line.used + (amountOf(use.usageClass, used) ?? 0n));
    refuseTooMuch(use.usageClass, more.used);
    lines = withLine(lines, more);
    touched.add(more.usageId);
    if (changedAt === null) continue;
    lines = withChange(session, lines, use, { before: more, changedAt });
    since = changedAt;
  }
  return { lines, touched };
}

/**
 * Lines of which one has used what it had in those before, or nothing: what was added to it has no price. It stays, so that what
 * follows is not taken for use at another side's rate.
 */
export function withUseOf(
  before: readonly SessionLine[],
  lines: readonly SessionLine[],
  line: SessionLine,
): readonly SessionLine[] {
  const known = before.find(({ usageId }) => usageId === line.usageId);
  return withLine(lines, lineWith(line, known?.used ?? 0n));
}

function changeOf(
  used: UsedUnits,
  lines: readonly SessionLine[],
  { session, use, planOf }: Using,
  now: Instant,
): Instant | null {
  const last = openLineOf(session, lines, use);
  return changeTold(used, session, last, planOf(last), now);
}

/** When reported use was, as far as the network says. */
interface UseTime {
  /** When its container was closed; null: it does not say. */
  at: Instant | null;
  /** The change of tariff behind which the report has it; null: none is named in it. */
  since: Instant | null;
}

/**
 * The line to which use belongs that is reported now. Rating groups and user planes of one class share its lines, and report one
 * after the other what they used before a change of tariff: that belongs to the line before it, whoever reported the change first.
 */
function lineOfUse(
  session: Pick<Session, 'sessionId' | 'startedAt'>,
  lines: readonly SessionLine[],
  use: OnlineUse,
  { at, since }: UseTime,
): SessionLine {
  if (at === null && since === null) return openLineOf(session, lines, use);
  const own = lines.filter((line) => isLineOf(line, use));
  const isBefore = ({ from }: SessionLine): boolean =>
    (at !== null && from < at) || (since !== null && from <= since);
  // Clocks differ: what seems to be from before the session is of its start.
  return own.findLast(isBefore) ?? own[0] ?? newLine(session, lines, use, session.startedAt);
}

/** The lines with one of them as it is now, or with one more behind all others. */
function withLine(lines: readonly SessionLine[], line: SessionLine): readonly SessionLine[] {
  const at = lines.findIndex(({ usageId }) => usageId === line.usageId);
  return at < 0 ? [...lines, line] : lines.with(at, line);
}

/** The lines with one for use from a change of tariff on, behind the line that it ends; the same where there is one already. */
function withChange(
  session: Pick<Session, 'sessionId'>,
  lines: readonly SessionLine[],
  use: OnlineUse,
  { before, changedAt }: { before: SessionLine; changedAt: Instant },
): readonly SessionLine[] {
  if (changedAt <= before.from) return lines;
  if (lines.some((line) => isLineOf(line, use) && line.from === changedAt)) return lines;
  const behind = lines.findIndex(({ usageId }) => usageId === before.usageId) + 1;
  return lines.toSpliced(behind, 0, newLine(session, lines, use, changedAt));
}
