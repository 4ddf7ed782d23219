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

  private final DraftFindings findings;
  private @Nullable Hours part;
  private @Nullable Hours allowed;
  private @Nullable LocalTime departAfter;
  private @Nullable LocalTime departBefore;
  private @Nullable LocalTime arriveAfter;
  private @Nullable LocalTime arriveBefore;
  private boolean exact;
  private boolean about;

  HourMerger(DraftFindings findings) {
    this.findings = findings;
  }

  void add(Hours hours) {
    if (hours.partOfDay() && hours.departAfter() == null && hours.departBefore() == null) {
      arriveAfter = later(arriveAfter, hours.arriveAfter());
      arriveBefore = earlier(arriveBefore, hours.arriveBefore());
      return;
    }
    if (hours.partOfDay()) {
      part = part == null ? hours : narrower(part, hours);
      return;
    }
    exact = true;
    about = hours.about();
    departAfter = later(departAfter, hours.departAfter());
    departBefore = earlier(departBefore, hours.departBefore());
    arriveAfter = later(arriveAfter, hours.arriveAfter());
    arriveBefore = earlier(arriveBefore, hours.arriveBefore());
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
    var from = later(one.departAfter(), other.departAfter());
    var to = earlier(one.departBefore(), other.departBefore());
    return from != null && to != null && !from.isBefore(to)
        ? other
        : new Hours(from, to, null, null, true);
  }

  void fill(TrainDraft draft) {
    addPart();
    if (about && draft.sort == null && departAfter != null && departBefore != null) {
      draft.sort = "closest";
    }
    draft.departAfter = departAfter;
    draft.departBefore = departBefore;
    draft.arriveAfter = arriveAfter;
    draft.arriveBefore = arriveBefore;
    if (isEmpty(departAfter, departBefore)
        || isEmpty(arriveAfter, arriveBefore)
        || isEmpty(departAfter, arriveBefore)) {
      findings.addClarification("time", Reason.CONTRADICTORY, null);
    }
  }

  private void addPart() {
    if (allowed != null && !exact) {
      widen(allowed);
    }
    if (part == null) {
      return;
    }
    var from = later(departAfter, part.departAfter());
    var to = earlier(departBefore, part.departBefore());
    boolean fits = !isEmpty(from, to) && !isEmpty(from, arriveBefore);
    boolean closed = departAfter != null && departBefore != null;
    // 上午去，下午三点前到: the morning is over by then, so it is that of the departure.
    boolean isOver =
        arriveBefore != null
            && part.departBefore() != null
            && !part.departBefore().isAfter(arriveBefore);
    boolean arrivalOnly = exact && departAfter == null && departBefore == null && !isOver;
    if (!exact || (fits && !arrivalOnly && !closed)) {
      departAfter = from;
      departBefore = to;
    }
  }

  private void widen(Hours more) {
    if (part != null) {
      var from =
          part.departAfter() == null ? null : earlier(part.departAfter(), more.departAfter());
      var to =
          part.departBefore() == null || more.departBefore() == null
              ? null
              : later(part.departBefore(), more.departBefore());
      part = new Hours(from, to, null, null, true);
    } else if (more.departBefore() == null || LocalTime.MIN.equals(more.departAfter())) {
      // A night train is allowed: the whole day counts, and not the usual hours alone.
      part = new Hours(LocalTime.MIN, null, null, null, true);
    }
  }

  private static boolean isEmpty(@Nullable LocalTime from, @Nullable LocalTime to) {
    return from != null && to != null && !from.isBefore(to);
  }

  private static @Nullable LocalTime later(@Nullable LocalTime a, @Nullable LocalTime b) {
    return a == null || (b != null && b.isAfter(a)) ? b : a;
  }

  private static @Nullable LocalTime earlier(@Nullable LocalTime a, @Nullable LocalTime b) {
    return a == null || (b != null && b.isBefore(a)) ? b : a;
  }
}
