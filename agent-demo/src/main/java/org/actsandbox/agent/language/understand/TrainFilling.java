package org.actsandbox.agent.language.understand;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.Budget;
import org.actsandbox.agent.language.Gap.Reason;
import org.actsandbox.agent.language.place.Gazetteer;
import org.actsandbox.agent.language.place.Place;
import org.actsandbox.agent.language.read.Mark;
import org.actsandbox.agent.language.read.Meaning.BadDay;
import org.actsandbox.agent.language.read.Meaning.Common;
import org.actsandbox.agent.language.read.Meaning.Cost;
import org.actsandbox.agent.language.read.Meaning.Count;
import org.actsandbox.agent.language.read.Meaning.Day;
import org.actsandbox.agent.language.read.Meaning.Hours;
import org.actsandbox.agent.language.read.Meaning.Lost;
import org.actsandbox.agent.language.read.Meaning.Role;
import org.actsandbox.agent.language.read.Meaning.Scope;
import org.actsandbox.agent.language.read.Meaning.Spot;
import org.actsandbox.agent.language.read.Meaning.TrainNumber;
import org.actsandbox.agent.language.read.Meaning.Unit;
import org.actsandbox.agent.language.read.Meaning.Word;
import org.actsandbox.agent.language.read.Topic;
import org.actsandbox.agent.language.text.Numerals;
import org.actsandbox.agent.language.text.Sentence;
import org.jspecify.annotations.Nullable;

/** Fills a train draft from the marks of its segment. */
final class TrainFilling {

  private static final Pattern NUMBER_BEFORE =
      Pattern.compile("(" + Numerals.NUMBER + ")(?:张)? ?$");
  private static final Pattern OR = Pattern.compile("\\bor\\b|或|都行|都可以");
  private static final int ADJACENT_CHARS = 3;
  private static final Set<String> POSITIONS = Set.of("window", "middle", "aisle");

  private final TrainDraft draft = new TrainDraft();
  private final HourFilling hours;
  private final Limits limits;
  private final Sentence sentence;
  private final List<Place> loose = new ArrayList<>();
  private final List<Mark> days = new ArrayList<>();

  private TrainFilling(Sentence sentence, Limits limits) {
    this.sentence = sentence;
    this.limits = limits;
    this.hours = new HourFilling(limits);
  }

  static TrainDraft fill(Segment segment, Sentence sentence, Limits limits) {
    var filling = new TrainFilling(sentence, limits);
    filling.draft.back = segment.back;
    filling.draft.round =
        segment.marks.stream()
            .anyMatch(
                m ->
                    m.meaning() instanceof Word(Topic _, String value, _, _)
                        && value.equals("round"));
    segment.marks.forEach(filling::mark);
    filling.places();
    filling.date();
    filling.hours.into(filling.draft);
    return filling.draft;
  }

  private void mark(Mark mark) {
    switch (mark.meaning()) {
      case Spot spot -> spot(spot);
      case Lost lost -> lost(lost);
      case Common common -> common(common);
      case Day _ -> days.add(mark);
      case BadDay bad -> limits.ask("date", bad.reason(), bad.words());
      case Hours h -> hours.add(h);
      case Word word -> word(word, mark);
      case TrainNumber number -> draft.trainNo = number.number();
      case Count count -> count(count);
      case Cost cost -> cost(cost);
      default -> {}
    }
  }

  private void spot(Spot spot) {
    if (spot.places().stream().map(Place::city).distinct().count() > 1) {
      limits.ask(spot.role() == Role.FROM ? "from" : "to", Reason.AMBIGUOUS, spot.words());
      return;
    }
    var place = spot.places().iterator().next();
    switch (spot.role()) {
      case FROM -> draft.from = narrow(draft.from, place, "from");
      case TO -> draft.to = narrow(draft.to, place, "to");
      case IN, NEAR, NONE -> loose.add(place);
    }
  }

  private static final Set<String> SORTS =
      Set.of("cheapest", "earliest", "latest", "fastest", "best");

  /** "Shanghai, Hongqiao station" is one place; two cities are none. */
  private String narrow(@Nullable String said, Place place, String field) {
    if (said == null || said.equals(place.rail())) {
      return place.rail();
    }
    var before = Gazetteer.china().byWire(said).orElseThrow();
    if (!before.city().equals(place.city())) {
      limits.ask(field, Reason.AMBIGUOUS, before.name().en() + " / " + place.name().en());
      return said;
    }
    return place.isCity() ? said : place.rail();
  }

  private void places() {
    for (var place : loose) {
      if (draft.from == null && draft.to == null && loose.size() > 1) {
        draft.from = place.rail();
      } else if (draft.to == null || sameCity(draft.to, place)) {
        draft.to = narrow(draft.to, place, "to");
      } else if (draft.from == null || sameCity(draft.from, place)) {
        draft.from = narrow(draft.from, place, "from");
      }
    }
  }

  private static boolean sameCity(String wire, Place place) {
    return Gazetteer.china().byWire(wire).stream().anyMatch(p -> p.city().equals(place.city()));
  }

  private void lost(Lost lost) {
    if (lost.role() == Role.FROM) {
      limits.ask("from", Reason.UNKNOWN, lost.words());
    } else if (lost.role() == Role.TO || (lost.role() == Role.IN && draft.to == null)) {
      limits.ask("to", Reason.UNKNOWN, lost.words());
    }
  }

  private void common(Common common) {
    var home = limits.home();
    if (common.value().equals("home") && home.isPresent()) {
      if (common.role() == Role.FROM) {
        draft.from = home.get().rail();
      } else {
        draft.to = home.get().rail();
      }
    }
  }

  private void date() {
    for (var mark : days) {
      if (mark.meaning() instanceof Day day) {
        date(day, mark);
      }
    }
  }

  private void date(Day day, Mark mark) {
    var said = draft.date;
    if (said == null) {
      draft.date = day.first();
      draft.repeats = Repeats.of(sentence.plain().substring(mark.start(), mark.end()));
      draft.latestDate = day.last().equals(day.first()) ? null : day.last();
      return;
    }
    if (draft.round && !day.first().isBefore(said)) {
      draft.latestDate = day.first();
      return;
    }
    if (said.equals(day.first())) {
      return;
    }
    if (isChoiceOfDays(mark)
        && day.first()
            .equals(draft.latestDate == null ? said.plusDays(1) : draft.latestDate.plusDays(1))) {
      draft.latestDate = day.first();
      return;
    }
    boolean sameWeekday = said.getDayOfWeek() == day.first().getDayOfWeek();
    if (adjacent(mark) && sameWeekday) {
      draft.date = said.isAfter(day.first()) ? said : day.first();
    } else {
      limits.ask(
          "date",
          adjacent(mark) ? Reason.CONTRADICTORY : Reason.AMBIGUOUS,
          said + " / " + day.first());
    }
  }

  /** "Wednesday or Thursday": days in a row that would all do. */
  private boolean isChoiceOfDays(Mark mark) {
    var before = sentence.plain().substring(0, mark.start());
    return before.matches(".*(?:\\bor(?: on)?|或者?|还是|/|、) ?$")
        || sentence.plain().substring(mark.end()).matches("(?:都|也)(?:行|可|好|成).*");
  }

  private boolean adjacent(Mark mark) {
    return days.stream()
        .anyMatch(
            d ->
                !d.equals(mark)
                    && d.end() <= mark.start()
                    && mark.start() - d.end() <= ADJACENT_CHARS);
  }

  private void word(Word word, Mark mark) {
    switch (word.topic()) {
      case CLASS -> seatClass(word);
      case SEAT -> seat(word);
      case TRAINTYPE -> {
        if (word.negated()) {
          draft.avoid.add(word.value());
        } else {
          draft.trainType = word.value();
        }
      }
      case SORT -> sort(word);
      default -> {}
    }
    numberBefore(mark, word);
  }

  private void seatClass(Word word) {
    if (word.negated()) {
      return;
    }
    if (word.value().equals("sleeper")) {
      limits.ask("seat_class", Reason.IMPOSSIBLE, word.words());
    } else if (draft.seatClass != null && !draft.seatClass.equals(word.value())) {
      limits.ask("seat_class", Reason.CONTRADICTORY, null);
    } else {
      draft.seatClass = word.value();
    }
  }

  private void seat(Word word) {
    if (word.negated()) {
      draft.avoid.add(word.value());
    } else if (draft.position == null || draft.position.equals(word.value())) {
      draft.position = word.value();
    } else if (OR.matcher(sentence.plain()).find()) {
      POSITIONS.stream()
          .filter(p -> !p.equals(draft.position) && !p.equals(word.value()))
          .forEach(draft.avoid::add);
      draft.position = null;
    } else {
      limits.ask("position", Reason.CONTRADICTORY, draft.position + " / " + word.value());
    }
  }

  private void sort(Word word) {
    if (!word.negated() && SORTS.contains(word.value())) {
      draft.sort = word.value();
    }
  }

  /** "two window seats": the number stands before the word. */
  private void numberBefore(Mark mark, Word word) {
    if (draft.passengers != null) {
      return;
    }
    switch (word.topic()) {
      case KIND, SEAT, CLASS, TRAINTYPE -> {
        var before = NUMBER_BEFORE.matcher(sentence.rest('\u25a1').substring(0, mark.start()));
        if (before.find()) {
          sentence.use(before.start(), before.end());
          Numerals.whole(before.group(1)).ifPresent(this::passengers);
        }
      }
      default -> {}
    }
  }

  private void count(Count count) {
    if (count.unit() == Unit.TICKETS
        || count.unit() == Unit.ANY
        || (count.unit() == Unit.PEOPLE && draft.passengers == null)) {
      passengers(count.number());
    }
  }

  private void passengers(int number) {
    draft.passengers = number;
    if (number < 1 || number > Checks.MAX_TICKETS) {
      limits.ask("passengers", Reason.IMPOSSIBLE, Integer.toString(number));
    }
  }

  private void cost(Cost cost) {
    if (cost.scope() == Scope.TOTAL) {
      limits.budget = Budget.of(cost.max());
    } else if (cost.scope() != Scope.NIGHT) {
      draft.maxPrice = cost.max().decimal();
    }
    if (cost.max().isZero()) {
      limits.ask("budget", Reason.IMPOSSIBLE, cost.max().decimal());
    }
  }
}
