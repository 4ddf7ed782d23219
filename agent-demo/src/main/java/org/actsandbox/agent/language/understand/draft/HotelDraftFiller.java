package org.actsandbox.agent.language.understand.draft;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.util.Set;
import org.actsandbox.agent.language.Clarification.Reason;
import org.actsandbox.agent.language.place.Place;
import org.actsandbox.agent.language.read.Meaning;
import org.actsandbox.agent.language.read.Meaning.Bound;
import org.actsandbox.agent.language.read.Meaning.Cost;
import org.actsandbox.agent.language.read.Meaning.Count;
import org.actsandbox.agent.language.read.Meaning.Day;
import org.actsandbox.agent.language.read.Meaning.Hours;
import org.actsandbox.agent.language.read.Meaning.KnownPlace;
import org.actsandbox.agent.language.read.Meaning.Role;
import org.actsandbox.agent.language.read.Meaning.UnknownPlace;
import org.actsandbox.agent.language.read.Meaning.Word;
import org.actsandbox.agent.language.read.MeaningSpan;
import org.actsandbox.agent.language.read.Topic;
import org.actsandbox.agent.language.read.WordReader;
import org.actsandbox.agent.language.text.Numerals;
import org.actsandbox.agent.language.text.Sentence;
import org.jspecify.annotations.Nullable;

/** Fills a hotel draft from the meanings found in its segment. */
final class HotelDraftFiller {

  private static final Set<String> SORTS = Set.of("cheapest", "quietest", "nearest", "best");
  private final HotelDraft draft = new HotelDraft();
  private final DraftFindings findings;
  private final Sentence sentence;
  private @Nullable KnownPlace ambiguousPlace;
  private @Nullable UnknownPlace unknownPlace;
  private @Nullable Hours night;
  private @Nullable MeaningSpan lastDay;

  private HotelDraftFiller(Sentence sentence, DraftFindings findings) {
    this.sentence = sentence;
    this.findings = findings;
  }

  static HotelDraft fill(Segment segment, Sentence sentence, DraftFindings findings) {
    var filler = new HotelDraftFiller(sentence, findings);
    segment.spans.forEach(filler::readMeaning);
    filler.resolvePlaces();
    filler.moveToNightOfArrival();
    return filler.draft;
  }

  private void readMeaning(MeaningSpan span) {
    switch (span.meaning()) {
      case KnownPlace knownPlace -> readPlace(knownPlace);
      case UnknownPlace l -> unknownPlace = l.role() == Role.FROM ? unknownPlace : l;
      case Meaning.GenericPlace place -> readGenericPlace(place);
      case Day day -> day(day, span);
      case Meaning.InvalidDay bad -> findings.ask("check_in", bad.reason(), bad.words());
      case Word word -> word(word, span);
      case Hours hours -> {
        var words = span.in(sentence.plain());
        // 夜里一点 belongs to the night that was named, and 凌晨一点 to the night before.
        night = isSmallHours(hours) && !words.matches("(?:.*夜|晚).*") ? hours : night;
      }
      case Count count -> count(count, span);
      case Cost cost -> cost(cost, span);
      default -> {}
    }
  }

  private void readPlace(KnownPlace knownPlace) {
    if (knownPlace.role() == Role.FROM) {
      return;
    }
    if (knownPlace.places().stream().map(Place::city).distinct().count() > 1) {
      ambiguousPlace = knownPlace;
      return;
    }
    place(knownPlace.places().iterator().next(), knownPlace);
  }

  private void place(Place place, KnownPlace knownPlace) {
    if (draft.city != null && !draft.city.equals(place.city())) {
      findings.ask("city", Reason.AMBIGUOUS, draft.city + " / " + place.city());
      return;
    }
    draft.city = place.city();
    if (place.sort() == Place.Type.LANDMARK || (!place.isCity() && knownPlace.role() != Role.TO)) {
      near(place.wireName());
    }
  }

  /**
   * Sets the place near the hotel. One stay is near one place; a second place would be a second
   * stay.
   */
  private void near(String place) {
    if (draft.near != null && !draft.near.equals(place)) {
      findings.ask("near", Reason.AMBIGUOUS, draft.near + " / " + place);
    }
    draft.near = place;
  }

  private static final LocalTime SMALL_HOURS_END = LocalTime.of(6, 0);

  private static boolean isSmallHours(Hours hours) {
    var latest = hours.departBefore() != null ? hours.departBefore() : hours.arriveBefore();
    return latest != null && !latest.isAfter(SMALL_HOURS_END);
  }

  /**
   * Moves the check-in to the day before: a guest who arrives at two in the morning needs the room
   * of the night before.
   */
  private void moveToNightOfArrival() {
    if (night != null && draft.checkIn != null) {
      draft.checkIn = draft.checkIn.minusDays(1);
      findings.assume("assumed.night_before", draft.checkIn.toString());
    }
  }

  /**
   * Resolves a landmark's name that several cities have: it means the landmark of the wished city.
   */
  private void resolvePlaces() {
    if (ambiguousPlace != null) {
      var knownPlace = ambiguousPlace;
      var here = knownPlace.places().stream().filter(p -> p.city().equals(draft.city)).findFirst();
      if (here.isPresent()) {
        place(here.get(), knownPlace);
      } else {
        findings.ask("city", Reason.AMBIGUOUS, knownPlace.words());
      }
    }
    if (unknownPlace != null) {
      if (unknownPlace.role() == Role.NEAR || draft.city != null) {
        draft.near =
            draft.near == null && unknownPlace.role() == Role.NEAR
                ? unknownPlace.words()
                : draft.near;
      } else {
        findings.ask("city", Reason.UNKNOWN, unknownPlace.words());
      }
    }
  }

  private void readGenericPlace(Meaning.GenericPlace place) {
    if (place.value().equals("home")) {
      return;
    }
    draft.near = draft.near == null ? place.value() : draft.near;
  }

  /** Returns whether the nights of both days are slept: "Friday and Saturday". */
  private boolean isNightOfBoth(MeaningSpan day) {
    return lastDay != null
        && lastDay.end() <= day.start()
        && Details.KNOWN.fits(
            "nights of both", sentence.plain().substring(lastDay.end(), day.start()));
  }

  private void day(Day day, MeaningSpan span) {
    boolean range = !day.last().equals(day.first());
    boolean both = isNightOfBoth(span);
    lastDay = span;
    if (draft.checkIn != null
        && Details.KNOWN.precedes("other day", sentence.plain(), span.start())) {
      findings.assume("assumed.day_fallback");
      return;
    }
    if (draft.checkIn != null && Details.KNOWN.follows("checks in", sentence.plain(), span.end())) {
      // In 下周末去杭州，周五入住，周日走 the day of the check-in is named after the weekend.
      var words = span.in(sentence.plain());
      boolean counted =
          draft.checkOut != null
              && day.first().isAfter(draft.checkOut)
              && Period.ofWeeks(1).equals(JourneyDays.recurrence(words));
      draft.checkIn = counted ? day.first().minusWeeks(1) : day.first();
      draft.checkOut = null;
      return;
    }
    if (draft.checkIn == null && (day.bound() == Bound.ON || isDeparture(span))) {
      draft.checkIn = day.first();
      draft.checkOut = range ? checkOut(day, span) : draft.checkOut;
    } else if (draft.checkIn != null && day.first().isAfter(draft.checkIn)) {
      // The night of the last day is slept, too: "for Tuesday and Wednesday night".
      boolean night = both || sentence.plain().startsWith(" night", span.end());
      draft.checkOut = night ? day.last().plusDays(1) : day.last();
    } else if (draft.checkIn != null && !day.first().equals(draft.checkIn)) {
      draft.checkOut = after(draft.checkIn, day, span);
    } else if (draft.checkIn == null) {
      draft.checkOut = day.first();
    }
  }

  /** Without an earlier day, "leaving Tuesday" says when the trip begins. */
  private boolean isDeparture(MeaningSpan day) {
    return day.in(sentence.plain()).startsWith("leaving")
        || Details.KNOWN.precedes("leaving", sentence.plain(), day.start());
  }

  /** "The fourth and fifth of December" are two nights, and from the fourth to the fifth is one. */
  private LocalDate checkOut(Day range, MeaningSpan span) {
    var words = span.in(sentence.plain());
    return Details.KNOWN.occurs("both days", words) ? range.last().plusDays(1) : range.last();
  }

  /** Returns a day after the check-in: from Sunday to Friday means the Friday after that Sunday. */
  private LocalDate after(LocalDate checkIn, Day day, MeaningSpan span) {
    var recurrence = JourneyDays.recurrence(span.in(sentence.plain()));
    var checkOut = day.first();
    while (recurrence != null && !checkOut.isAfter(checkIn)) {
      checkOut = checkOut.plus(recurrence);
    }
    return checkOut;
  }

  private void word(Word word, MeaningSpan span) {
    switch (word.topic()) {
      case SORT -> {
        if (!word.negated() && SORTS.contains(word.value())) {
          findings.several(sentence, span);
          draft.sort = findings.order(draft.sort, word.value());
        }
      }
      case BREAKFAST -> draft.breakfast = word.negated() ? draft.breakfast : Boolean.TRUE;
      case CANCEL ->
          draft.freeCancellation = word.negated() ? draft.freeCancellation : Boolean.TRUE;
      case ROOM -> {
        if (!word.negated()) {
          draft.roomType = word.value();
          roomsOfType(word, span);
        }
        numberBefore(span, word);
      }
      case KIND -> numberBefore(span, word);
      default -> {}
    }
  }

  private void roomsOfType(Word word, MeaningSpan span) {
    var before = Details.KNOWN.before("number of the type", sentence.plain(), span.start());
    if (before.find()) {
      Numerals.whole(before.group(1))
          .ifPresent(n -> draft.roomsByType.merge(word.value(), n, Integer::sum));
    }
  }

  private void numberBefore(MeaningSpan span, Word word) {
    if (draft.rooms == null
        && (word.topic() == Topic.ROOM || word.value().equals("hotel"))
        && Details.KNOWN.fits("room", word.words())) {
      var before =
          Details.KNOWN.before("number of rooms", sentence.unclaimedText('\u25a1'), span.start());
      if (before.find()) {
        sentence.use(before.start(), before.end());
        Numerals.whole(before.group(1)).ifPresent(this::rooms);
      }
    }
  }

  private void count(Count count, MeaningSpan span) {
    int number = count.number();
    switch (count.unit()) {
      case NIGHTS -> nights(number);
      case DAYS -> {
        if (draft.nights == null) {
          boolean stays = Details.KNOWN.precedes("staying", sentence.plain(), span.start());
          nights(stays ? number : Math.max(1, number - 1));
        }
      }
      case PEOPLE -> people(number);
      case ROOMS -> rooms(number);
      case STARS -> {
        if (WordReader.denial(sentence.plain(), span.start()).isEmpty()) {
          stars(number);
        }
      }
      case ANY -> {
        // "Two of those" are rooms; "make it three" means the nights.
        if (span.in(sentence.plain()).contains(" of ")) {
          rooms(number);
        } else {
          nights(number);
        }
      }
      case TICKETS, PIECES -> {}
    }
  }

  private void nights(int number) {

    draft.nights = findings.counted("nights", number, WishCheck.MAX_NIGHTS);
  }

  private void people(int number) {

    draft.guests = findings.counted("guests", number, WishCheck.MAX_PEOPLE);
  }

  private void rooms(int number) {

    draft.rooms = findings.counted("rooms", number, WishCheck.MAX_ROOMS);
  }

  private void stars(int number) {
    if (number < 1 || number > 5) {
      findings.ask("min_stars", Reason.IMPOSSIBLE, Integer.toString(number));
    } else {
      draft.minStars = number;
    }
  }

  private void cost(Cost cost, MeaningSpan span) {
    var words = span.in(sentence.plain());
    findings.noteLeast(cost, words);

    if (!findings.isBudget(cost)) {
      draft.maxPerNight = cost.max().decimal();
      if (cost.min() != null && draft.sort == null && DraftFindings.isApproximate(words)) {
        // An approximate price asks for the best room at that price, and not for the cheapest one.
        draft.sort = "best";
      }
    }
  }
}
