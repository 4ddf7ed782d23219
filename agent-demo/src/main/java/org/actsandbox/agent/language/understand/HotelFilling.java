package org.actsandbox.agent.language.understand;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Set;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.Budget;
import org.actsandbox.agent.language.Gap.Reason;
import org.actsandbox.agent.language.place.Place;
import org.actsandbox.agent.language.read.Mark;
import org.actsandbox.agent.language.read.Meaning.BadDay;
import org.actsandbox.agent.language.read.Meaning.Bound;
import org.actsandbox.agent.language.read.Meaning.Common;
import org.actsandbox.agent.language.read.Meaning.Cost;
import org.actsandbox.agent.language.read.Meaning.Count;
import org.actsandbox.agent.language.read.Meaning.Day;
import org.actsandbox.agent.language.read.Meaning.Hours;
import org.actsandbox.agent.language.read.Meaning.Lost;
import org.actsandbox.agent.language.read.Meaning.Role;
import org.actsandbox.agent.language.read.Meaning.Scope;
import org.actsandbox.agent.language.read.Meaning.Spot;
import org.actsandbox.agent.language.read.Meaning.Word;
import org.actsandbox.agent.language.read.Topic;
import org.actsandbox.agent.language.text.Numerals;
import org.actsandbox.agent.language.text.Sentence;
import org.jspecify.annotations.Nullable;

/** Fills a hotel draft from the marks of its segment. */
final class HotelFilling {

  private static final Set<String> SORTS = Set.of("cheapest", "quietest", "nearest", "best");
  private static final Pattern STAYING =
      Pattern.compile("(?:\\b(?:stay(?:ing)?|hotel|room|for)\\b[^,]{0,12}|住)$");
  private static final Pattern NUMBER_BEFORE =
      Pattern.compile("(" + Numerals.NUMBER + ")(?:个|间)? ?$");
  private static final Pattern ROOM = Pattern.compile(".*(?:room|房|间).*");

  private final HotelDraft draft = new HotelDraft();
  private final Limits limits;
  private final Sentence sentence;
  private @Nullable Spot vague;
  private @Nullable Lost lost;
  private @Nullable Hours night;

  private HotelFilling(Sentence sentence, Limits limits) {
    this.sentence = sentence;
    this.limits = limits;
  }

  static HotelDraft fill(Segment segment, Sentence sentence, Limits limits) {
    var filling = new HotelFilling(sentence, limits);
    segment.marks.forEach(filling::mark);
    filling.resolve();
    filling.nightOfArrival();
    return filling.draft;
  }

  private void mark(Mark mark) {
    switch (mark.meaning()) {
      case Spot spot -> spot(spot);
      case Lost l -> lost = l.role() == Role.FROM ? lost : l;
      case Common common -> common(common);
      case Day day -> day(day, mark);
      case BadDay bad -> limits.ask("check_in", bad.reason(), bad.words());
      case Word word -> word(word, mark);
      case Hours hours -> night = isSmallHours(hours) ? hours : night;
      case Count count -> count(count, mark);
      case Cost cost -> cost(cost);
      default -> {}
    }
  }

  private void spot(Spot spot) {
    if (spot.role() == Role.FROM) {
      return;
    }
    if (spot.places().stream().map(Place::city).distinct().count() > 1) {
      vague = spot;
      return;
    }
    place(spot.places().iterator().next(), spot);
  }

  private void place(Place place, Spot spot) {
    if (draft.city != null && !draft.city.equals(place.city())) {
      limits.ask("city", Reason.AMBIGUOUS, draft.city + " / " + place.city());
      return;
    }
    draft.city = place.city();
    if (place.sort() == Place.Sort.LANDMARK || (!place.isCity() && spot.role() != Role.TO)) {
      near(place.wire());
    }
  }

  /** One stay is near one place; a second place is a second stay. */
  private void near(String place) {
    if (draft.near != null && !draft.near.equals(place)) {
      limits.ask("near", Reason.AMBIGUOUS, draft.near + " / " + place);
    }
    draft.near = place;
  }

  private static final LocalTime SMALL_HOURS_END = LocalTime.of(6, 0);

  private static boolean isSmallHours(Hours hours) {
    var latest = hours.departBefore() != null ? hours.departBefore() : hours.arriveBefore();
    return latest != null && !latest.isAfter(SMALL_HOURS_END);
  }

  /** Who arrives at two in the morning needs the room of the night before. */
  private void nightOfArrival() {
    if (night != null && draft.checkIn != null) {
      draft.checkIn = draft.checkIn.minusDays(1);
      limits.assume("assumed.night_before", draft.checkIn.toString());
    }
  }

  /** A landmark's name that several cities have means the one of the wished city. */
  private void resolve() {
    if (vague != null) {
      var spot = vague;
      var here = spot.places().stream().filter(p -> p.city().equals(draft.city)).findFirst();
      if (here.isPresent()) {
        place(here.get(), spot);
      } else {
        limits.ask("city", Reason.AMBIGUOUS, spot.words());
      }
    }
    if (lost != null) {
      if (lost.role() == Role.NEAR || draft.city != null) {
        draft.near = draft.near == null && lost.role() == Role.NEAR ? lost.words() : draft.near;
      } else {
        limits.ask("city", Reason.UNKNOWN, lost.words());
      }
    }
  }

  private void common(Common common) {
    if (common.value().equals("home")) {
      return;
    }
    draft.near = draft.near == null ? common.value() : draft.near;
  }

  private void day(Day day, Mark mark) {
    boolean range = !day.last().equals(day.first());
    if (draft.checkIn == null && day.bound() == Bound.ON) {
      draft.checkIn = day.first();
      draft.checkOut = range ? day.last() : draft.checkOut;
    } else if (draft.checkIn != null && day.first().isAfter(draft.checkIn)) {
      draft.checkOut = day.last();
    } else if (draft.checkIn != null && !day.first().equals(draft.checkIn)) {
      draft.checkOut = after(draft.checkIn, day, mark);
    } else if (draft.checkIn == null) {
      draft.checkOut = day.first();
    }
  }

  /** From Sunday to Friday means the Friday after that Sunday. */
  private LocalDate after(LocalDate checkIn, Day day, Mark mark) {
    var repeats = Repeats.of(sentence.plain().substring(mark.start(), mark.end()));
    var checkOut = day.first();
    while (repeats != null && !checkOut.isAfter(checkIn)) {
      checkOut = checkOut.plus(repeats);
    }
    return checkOut;
  }

  private void word(Word word, Mark mark) {
    switch (word.topic()) {
      case SORT -> {
        if (!word.negated() && SORTS.contains(word.value())) {
          draft.sort = word.value();
        }
      }
      case BREAKFAST -> draft.breakfast = word.negated() ? draft.breakfast : Boolean.TRUE;
      case CANCEL ->
          draft.freeCancellation = word.negated() ? draft.freeCancellation : Boolean.TRUE;
      case ROOM -> {
        if (!word.negated()) {
          draft.roomType = word.value();
        }
        numberBefore(mark, word);
      }
      case KIND -> numberBefore(mark, word);
      default -> {}
    }
  }

  private void numberBefore(Mark mark, Word word) {
    if (draft.rooms == null
        && (word.topic() == Topic.ROOM || word.value().equals("hotel"))
        && ROOM.matcher(word.words()).matches()) {
      var before = NUMBER_BEFORE.matcher(sentence.rest('\u25a1').substring(0, mark.start()));
      if (before.find()) {
        sentence.use(before.start(), before.end());
        Numerals.whole(before.group(1)).ifPresent(this::rooms);
      }
    }
  }

  private void count(Count count, Mark mark) {
    int number = count.number();
    switch (count.unit()) {
      case NIGHTS -> nights(number);
      case DAYS -> {
        if (draft.nights == null) {
          var before = sentence.plain().substring(0, mark.start());
          nights(STAYING.matcher(before).find() ? number : Math.max(1, number - 1));
        }
      }
      case PEOPLE -> people(number);
      case ROOMS -> rooms(number);
      case STARS -> stars(number);
      case TICKETS, PIECES, ANY -> {}
    }
  }

  private void nights(int number) {
    draft.nights = number;
    if (number < 1 || number > Checks.MAX_NIGHTS) {
      limits.ask("nights", Reason.IMPOSSIBLE, Integer.toString(number));
    }
  }

  private void people(int number) {
    draft.guests = number;
    if (number < 1 || number > Checks.MAX_PEOPLE) {
      limits.ask("guests", Reason.IMPOSSIBLE, Integer.toString(number));
    }
  }

  private void rooms(int number) {
    draft.rooms = number;
    if (number < 1 || number > Checks.MAX_ROOMS) {
      limits.ask("rooms", Reason.IMPOSSIBLE, Integer.toString(number));
    }
  }

  private void stars(int number) {
    if (number < 1 || number > 5) {
      limits.ask("min_stars", Reason.IMPOSSIBLE, Integer.toString(number));
    } else {
      draft.minStars = number;
    }
  }

  private void cost(Cost cost) {
    if (cost.scope() == Scope.TOTAL) {
      limits.budget = Budget.of(cost.max());
    } else {
      draft.maxPerNight = cost.max().decimal();
    }
    if (cost.max().isZero()) {
      limits.ask("budget", Reason.IMPOSSIBLE, cost.max().decimal());
    }
  }
}
