package org.actsandbox.agent.language.understand;

import java.time.LocalTime;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.actsandbox.agent.language.ShownOffer;
import org.actsandbox.agent.language.Situation;
import org.actsandbox.agent.language.TrainWish;
import org.actsandbox.agent.language.read.AnnotatedSentence;
import org.actsandbox.agent.language.read.Meaning.DayShift;
import org.actsandbox.agent.language.read.Meaning.HourShift;
import org.actsandbox.agent.language.read.Meaning.Hours;
import org.actsandbox.agent.language.read.Topic;
import org.actsandbox.agent.language.understand.draft.HotelDraft;
import org.actsandbox.agent.language.understand.draft.TrainDraft;
import org.actsandbox.agent.language.understand.draft.WishDraft;
import org.jspecify.annotations.Nullable;

/** Moves the day or the hour of a wish: "a day later", "two tickets, and an earlier train". */
final class WishShift {

  private static final int AROUND_MINUTES = 30;

  /** Ours: "a bit later" is at least so much, and only "the next one" can be a minute later. */
  private static final int STEP_MINUTES = 20;

  private static final int LAST_MINUTE = 24 * 60 - 1;

  /** Ours: so many days before and after the one that was said. */
  private static final int DAYS_AROUND = 3;

  private final AnnotatedSentence annotated;
  private final Situation situation;
  private boolean changed;

  WishShift(AnnotatedSentence annotated, Situation situation) {
    this.annotated = annotated;
    this.situation = situation;
  }

  /** Moves the wish as the sentence says; returns whether it says so. */
  boolean apply(WishDraft draft) {
    changed = false;
    cheaperDay(draft);
    cheaperClass(draft);
    for (var span : annotated.marks()) {
      if (span.meaning() instanceof DayShift shift) {
        shift(draft, shift.days());
      } else if (span.meaning() instanceof HourShift shift
          && draft instanceof TrainDraft train
          && isMoved(train)) {
        changed = true;
        // "Later, around noon" names its hour.
        if (!annotated.has(Hours.class)) {
          if (shift.minutes() > 0) {
            shiftBy(train, shift.later() ? shift.minutes() : -shift.minutes());
          } else {
            shift(train, shift.later());
          }
        }
      }
    }
    return changed;
  }

  /**
   * Moves the wishes. 第二天回来 is the day after the way there, which stays as it is.
   *
   * @param said what the sentence itself wishes
   */
  void applyToAll(List<WishDraft> drafts, List<WishDraft> said) {
    var back =
        WishDraft.all(said, TrainDraft.class)
            .filter(train -> train.back && train.date == null)
            .findFirst();
    if (back.isPresent() && isOfDays()) {
      applyFromFirst(drafts, back.get());
    } else {
      drafts.forEach(this::apply);
    }
  }

  private boolean isOfDays() {
    return annotated.all(DayShift.class).findAny().isPresent();
  }

  /** Moves a journey without a day of its own, counted from the first of the wishes. */
  private void applyFromFirst(List<WishDraft> drafts, TrainDraft train) {
    train.date =
        WishDraft.all(drafts, TrainDraft.class)
            .filter(other -> other != train)
            .flatMap(other -> Stream.ofNullable(other.date))
            .findFirst()
            .orElse(null);
    apply(train);
  }

  /**
   * Returns whether the hours are those of this journey: of two, the last one unless it is told.
   */
  private boolean isMoved(TrainDraft train) {
    var text = annotated.text();
    var trains = situation.wishes(TrainWish.class).toList();
    if (trains.size() < 2 || Cues.KNOWN.occurs("both ways", text)) {
      return true;
    }
    var moved =
        Cues.KNOWN.occurs("only the way there", text) ? trains.getFirst() : trains.getLast();
    return Objects.equals(moved.from(), train.from) && Objects.equals(moved.to(), train.to);
  }

  private void cheaperDay(WishDraft draft) {
    var sentence = annotated.sentence();
    var match = Cues.KNOWN.anywhere("cheaper day", sentence.plain());
    if (draft instanceof TrainDraft train && train.date != null && match.find()) {
      var today = situation.today();
      var first = train.date.minusDays(DAYS_AROUND);
      train.latestDate = train.date.plusDays(DAYS_AROUND);
      train.date = first.isBefore(today) ? today : first;
      train.sort = "cheapest";
      sentence.use(match.start(), match.end());
      changed = true;
    }
  }

  /** A class that is too expensive is any class from now on, unless another one is named. */
  private void cheaperClass(WishDraft draft) {
    if (draft instanceof TrainDraft train
        && train.seatClass != null
        && !annotated.names(Topic.CLASS)
        && Cues.KNOWN.occurs("too dear", annotated.text())) {
      train.seatClass = null;
      changed = true;
    }
  }

  private void shift(WishDraft draft, int days) {
    switch (draft) {
      case TrainDraft train when train.date != null -> {
        train.date = train.date.plusDays(days);
        train.latestDate = null;
        changed = true;
      }
      case HotelDraft hotel when hotel.checkIn != null -> {
        hotel.checkIn = hotel.checkIn.plusDays(days);
        changed = true;
      }
      default -> {}
    }
  }

  /** Moves the hours of the wish, or else the departure shown, and keeps them within the day. */
  private void shiftBy(TrainDraft train, int minutes) {

    if (!train.hasHours()) {
      var shown = shownDeparture(train);
      if (shown == null) {
        return;
      }
      train.departAfter = moved(shown, minutes - AROUND_MINUTES);
      train.departBefore = moved(shown, minutes + AROUND_MINUTES);
      return;
    }

    train.moveHours(time -> moved(time, minutes));
  }

  private static LocalTime moved(LocalTime time, int minutes) {
    int moved = Math.clamp(time.toSecondOfDay() / 60 + minutes, 0, LAST_MINUTE);
    return LocalTime.of(moved / 60, moved % 60);
  }

  private void shift(TrainDraft train, boolean later) {
    var shownDeparture = shownDeparture(train);
    var lower = train.departAfter;
    var upper = train.departBefore;
    train.arriveAfter = null;
    train.arriveBefore = null;
    int step = Cues.KNOWN.occurs("neighbouring train", annotated.text()) ? 1 : STEP_MINUTES;
    if (later) {
      var from =
          shownDeparture != null
              ? moved(shownDeparture, step)
              : upper != null ? upper : lower != null ? lower.plusHours(1) : LocalTime.NOON;
      train.departAfter = from;
      train.departBefore = null;
      train.sort = null;
    } else {
      var to =
          shownDeparture != null && shownDeparture.isAfter(LocalTime.MIN)
              ? moved(shownDeparture, -step)
              : lower != null ? lower : upper != null ? upper.minusHours(1) : LocalTime.NOON;
      train.departAfter = null;
      train.departBefore = to;
      // An earlier train than the one shown is the one just before it.
      train.sort = shownDeparture != null ? "latest" : null;
    }
  }

  /** Returns the departure of the recommended train, or of the first one shown. */
  private @Nullable LocalTime shownDeparture(TrainDraft train) {
    var trains =
        situation.offers().stream().filter(o -> o.departs() != null && isOf(train, o)).toList();
    return trains.stream()
        .filter(ShownOffer::recommended)
        .findFirst()
        .or(() -> trains.stream().findFirst())
        .map(ShownOffer::departs)
        .map(departs -> departs.toLocalTime())
        .orElse(null);
  }

  private static boolean isOf(TrainDraft train, ShownOffer offer) {
    var departs = Objects.requireNonNull(offer.departs());
    return (train.date == null || train.date.equals(departs.toLocalDate()))
        && (train.departAfter == null || !departs.toLocalTime().isBefore(train.departAfter));
  }
}
