package org.actsandbox.agent.language.understand.draft;

import java.time.LocalTime;
import org.actsandbox.agent.language.Clarification.Reason;
import org.actsandbox.agent.language.read.Meaning.Hours;
import org.jspecify.annotations.Nullable;

/**
 * Merges all hours of a sentence into departure and arrival limits; exact hours go before parts of
 * the day.
 */
final class HourMerger {

  private static final Hours ANY = new Hours(null, null, null, null, false);

  private final DraftFindings findings;
  private @Nullable Hours part;
  private @Nullable Hours allowed;

  /** The limits that were said, and whether some of them are exact. */
  private Hours limits = ANY;

  private boolean exact;
  private boolean about;

  HourMerger(DraftFindings findings) {
    this.findings = findings;
  }

  void add(Hours hours) {
    boolean departs = hours.departAfter() != null || hours.departBefore() != null;
    if (hours.partOfDay() && departs) {
      part = part == null ? hours : narrower(part, hours);
      return;
    }
    limits = limits.and(hours);
    exact |= !hours.partOfDay();
    about = hours.partOfDay() ? about : hours.about();
  }

  /** Notes hours that are allowed as well: they widen a part of the day, or lift the usual day. */
  void allow(Hours hours) {
    allowed = hours;
  }

  /**
   * Returns the narrower part: "early" and "morning" mean the early morning; "morning or evening"
   * has no narrower one.
   */
  private static Hours narrower(Hours one, Hours other) {
    var both = one.and(other);
    return isEmpty(both.departAfter(), both.departBefore()) ? other : both;
  }

  void fill(TrainDraft draft) {
    addPart();
    if (about
        && draft.sort == null
        && limits.departAfter() != null
        && limits.departBefore() != null) {
      draft.sort = "closest";
    }
    draft.departAfter = limits.departAfter();
    draft.departBefore = limits.departBefore();
    draft.arriveAfter = limits.arriveAfter();
    draft.arriveBefore = limits.arriveBefore();
    if (isEmpty(limits.departAfter(), limits.departBefore())
        || isEmpty(limits.arriveAfter(), limits.arriveBefore())
        || isEmpty(limits.departAfter(), limits.arriveBefore())) {
      findings.ask("time", Reason.CONTRADICTORY, null);
    }
  }

  private void addPart() {
    if (allowed != null && !exact) {
      widen(allowed);
    }
    if (part == null) {
      return;
    }
    var both = limits.and(part);
    boolean fits =
        !isEmpty(both.departAfter(), both.departBefore())
            && !isEmpty(both.departAfter(), limits.arriveBefore());
    boolean closed = limits.departAfter() != null && limits.departBefore() != null;
    boolean open = limits.departAfter() == null && limits.departBefore() == null;
    // 上午去，下午三点前到: the morning is over by then, so it is that of the departure.
    boolean isOver =
        limits.arriveBefore() != null
            && part.departBefore() != null
            && !part.departBefore().isAfter(limits.arriveBefore());
    if (!exact || (fits && !closed && (!open || isOver))) {
      limits = both;
    }
  }

  private void widen(Hours more) {
    if (part != null) {
      var from =
          part.departAfter() == null ? null : Hours.earlier(part.departAfter(), more.departAfter());
      var to =
          part.departBefore() == null || more.departBefore() == null
              ? null
              : Hours.later(part.departBefore(), more.departBefore());
      part = new Hours(from, to, null, null, true);
    } else if (more.departBefore() == null || LocalTime.MIN.equals(more.departAfter())) {
      // A night train is allowed: the whole day counts, and not the usual hours alone.
      part = new Hours(LocalTime.MIN, null, null, null, true);
    }
  }

  private static boolean isEmpty(@Nullable LocalTime from, @Nullable LocalTime to) {
    return from != null && to != null && !from.isBefore(to);
  }
}
