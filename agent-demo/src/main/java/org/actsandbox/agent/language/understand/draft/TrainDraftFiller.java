package org.actsandbox.agent.language.understand.draft;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.actsandbox.agent.language.Clarification.Reason;
import org.actsandbox.agent.language.TrainWish;
import org.actsandbox.agent.language.place.Place;
import org.actsandbox.agent.language.place.PlaceNames;
import org.actsandbox.agent.language.read.Meaning;
import org.actsandbox.agent.language.read.Meaning.Cost;
import org.actsandbox.agent.language.read.Meaning.Count;
import org.actsandbox.agent.language.read.Meaning.Hours;
import org.actsandbox.agent.language.read.Meaning.Role;
import org.actsandbox.agent.language.read.Meaning.Scope;
import org.actsandbox.agent.language.read.Meaning.TrainNumber;
import org.actsandbox.agent.language.read.Meaning.Unit;
import org.actsandbox.agent.language.read.Meaning.Word;
import org.actsandbox.agent.language.read.MeaningSpan;
import org.actsandbox.agent.language.text.Numerals;
import org.actsandbox.agent.language.text.Sentence;
import org.jspecify.annotations.Nullable;

/** Fills a train draft from the meanings found in its segment. */
final class TrainDraftFiller {

  private static final Set<String> POSITIONS = Set.of("window", "middle", "aisle");
  private final TrainDraft draft = new TrainDraft();
  private final HourMerger hours;
  private final DraftFindings findings;
  private final Sentence sentence;
  private final List<Place> placesWithoutRole = new ArrayList<>();
  private final List<Integer> tickets = new ArrayList<>();
  private int ticketsOfPersons;
  private boolean hasDeniedClass;

  private TrainDraftFiller(Sentence sentence, DraftFindings findings) {
    this.sentence = sentence;
    this.findings = findings;
    this.hours = new HourMerger(findings);
  }

  static TrainDraft fill(Segment segment, Sentence sentence, DraftFindings findings) {
    var filler = new TrainDraftFiller(sentence, findings);
    filler.draft.back = segment.back;
    filler.draft.round =
        segment.spans.stream()
            .anyMatch(m -> m.meaning() instanceof Word word && word.value().equals("round"));
    segment.spans.forEach(filler::readMeaning);
    filler.places();
    filler.draft.goesOn = segment.goesOn;
    filler.draft.isFromKnown = filler.draft.from != null;
    var days = new JourneyDays(segment, sentence, findings, filler.draft);
    days.fill();
    filler.compareClasses();
    filler.takePlainClass();
    days.askWhichHours();
    filler.hours.fill(filler.draft);
    return filler.draft;
  }

  private void readMeaning(MeaningSpan span) {
    switch (span.meaning()) {
      case Meaning.KnownPlace knownPlace -> {
        if (!isOtherDestination(knownPlace, span)) {
          readPlace(knownPlace);
        }
      }
      case Meaning.UnknownPlace unknownPlace -> readUnknownPlace(unknownPlace);
      case Meaning.GenericPlace place -> readGenericPlace(place);
      case Meaning.InvalidDay bad -> findings.ask("date", bad.reason(), bad.words());
      case Hours h -> hours.add(h);
      case Meaning.AllowedHours allowed -> hours.allow(allowed.hours());
      case Word word -> word(word, span);
      case TrainNumber number -> draft.trainNo = number.number();
      case Count count -> count(count, span);
      case Cost cost -> cost(cost, span);
      default -> {}
    }
  }

  /**
   * Asks for the destination when "or" stands before a second one, unless the two are to be
   * compared, and returns whether it does.
   */
  private boolean isOtherDestination(Meaning.KnownPlace knownPlace, MeaningSpan span) {
    if (knownPlace.role() == Role.FROM
        || !Details.KNOWN.precedes("or this place", sentence.plain(), span.start())) {
      return false;
    }
    var first =
        placesWithoutRole.isEmpty() ? draft.to : placesWithoutRole.getLast().railDestination();
    var other = knownPlace.places().iterator().next();
    if (first == null || sameCity(first, other)) {
      return false;
    }
    placesWithoutRole.clear();
    draft.to = first;
    if (Details.comparesPlaces(sentence.plain())) {
      draft.otherDestinations.add(other.railDestination());
      return true;
    }
    findings.ask("to", Reason.AMBIGUOUS, first + " / " + other.railDestination());
    return true;
  }

  private void readPlace(Meaning.KnownPlace knownPlace) {
    if (knownPlace.places().stream().map(Place::city).distinct().count() > 1) {
      findings.ask(
          knownPlace.role() == Role.FROM ? "from" : "to", Reason.AMBIGUOUS, knownPlace.words());
      return;
    }
    var place = knownPlace.places().iterator().next();
    switch (knownPlace.role()) {
      case FROM -> draft.from = narrow(draft.from, place, "from");
      case TO -> draft.to = narrow(draft.to, place, "to");
      case IN, NEAR, NONE -> placesWithoutRole.add(place);
    }
  }

  private static final Set<String> SORTS =
      Set.of("cheapest", "earliest", "latest", "fastest", "best");

  /** Narrows a place: "Shanghai, Hongqiao station" is one place; two cities are ambiguous. */
  private String narrow(@Nullable String current, Place place, String field) {
    if (current == null || current.equals(place.railDestination())) {
      return place.railDestination();
    }
    var before = PlaceNames.china().findByWireName(current).orElseThrow();
    if (!before.city().equals(place.city())) {
      findings.ask(field, Reason.AMBIGUOUS, before.name().en() + " / " + place.name().en());
      return current;
    }
    return place.isCity() ? current : place.railDestination();
  }

  private void places() {
    for (var place : placesWithoutRole) {
      if (draft.from == null && draft.to == null && areCities(placesWithoutRole)) {
        draft.from = place.railDestination();
      } else if (draft.to == null || sameCity(draft.to, place)) {
        draft.to = narrow(draft.to, place, "to");
      } else if (draft.from == null || sameCity(draft.from, place)) {
        draft.from = narrow(draft.from, place, "from");
      }
    }
  }

  /** Returns whether the places are two ends of a journey, and not a city and a part of it. */
  private static boolean areCities(List<Place> places) {
    return places.stream().map(Place::city).distinct().count() > 1;
  }

  private static boolean sameCity(String wire, Place place) {
    return PlaceNames.china().findByWireName(wire).stream()
        .anyMatch(p -> p.city().equals(place.city()));
  }

  private void readUnknownPlace(Meaning.UnknownPlace unknownPlace) {
    if (unknownPlace.role() == Role.FROM) {
      findings.ask("from", Reason.UNKNOWN, unknownPlace.words());
    } else if (unknownPlace.role() == Role.TO
        || (unknownPlace.role() == Role.IN && draft.to == null)) {
      findings.ask("to", Reason.UNKNOWN, unknownPlace.words());
    }
  }

  private void readGenericPlace(Meaning.GenericPlace place) {
    var home = findings.home();
    if (place.value().equals("home") && home.isPresent()) {
      if (place.role() == Role.FROM) {
        draft.from = home.get().railDestination();
      } else {
        draft.to = home.get().railDestination();
      }
    }
  }

  private void word(Word word, MeaningSpan span) {
    switch (word.topic()) {
      case CLASS -> seatClass(word, span);
      case SEAT -> seat(word, span);
      case TRAINTYPE -> {
        if (word.negated()) {
          draft.avoid.add(word.value());
        } else {
          draft.trainType = word.value();
        }
      }
      case SORT -> sort(word, span);
      case DIRECT -> draft.avoid.add(TrainWish.CHANGE);
      default -> {}
    }
    numberBefore(span, word);
  }

  private void seatClass(Word word, MeaningSpan span) {
    if (word.negated()) {
      if (word.value().equals("second") && draft.seatClass == null) {
        draft.seatClass = "first";
        findings.assume("assumed.not_second");
      }
      hasDeniedClass = true;
      return;
    }
    var count = Details.KNOWN.before("tickets of the class", sentence.plain(), span.start());
    if (count.find()) {
      sentence.use(count.start(1), count.end(1));
      Numerals.whole(count.group(1)).ifPresent(n -> draft.ticketsByClass.put(word.value(), n));
    }
    if (word.value().equals("sleeper")) {
      findings.ask("seat_class", Reason.IMPOSSIBLE, word.words());
    } else if (draft.seatClass == null || draft.seatClass.equals(word.value())) {
      draft.seatClass = word.value();
    } else if (!draft.ticketsByClass.keySet().containsAll(List.of(draft.seatClass, word.value()))) {
      // If each class has tickets of its own, the draft is split afterwards.
      otherClass(word, span);
    }
  }

  /**
   * Reads a second class: one that is taken only if the first is not to be had is named, and either
   * of two means the plain one.
   */
  private void otherClass(Word word, MeaningSpan span) {
    var text = sentence.plain();
    if (Details.KNOWN.occurs("compared", text)) {
      draft.seatClass = "second".equals(word.value()) ? word.value() : draft.seatClass;
    } else if (Details.KNOWN.occurs("either", text.substring(0, span.start()))
        || Details.KNOWN.occurs("either", text.substring(span.end()))) {
      // If two classes are accepted, the plainer one is taken, because it is cheaper.
      boolean isSecondEnough = "second".equals(draft.seatClass) || word.value().equals("second");
      draft.seatClass = isSecondEnough ? null : "first";
    } else if (Objects.equals(draft.passengers, 2) && draft.ticketsByClass.isEmpty()) {
      // Two tickets and two classes: 老板一等座，我二等座.
      draft.ticketsByClass.put(Objects.requireNonNull(draft.seatClass), 1);
      draft.ticketsByClass.put(word.value(), 1);
    } else {
      findings.ask("seat_class", Reason.CONTRADICTORY, null);
    }
  }

  /** Takes second class for a principal who wants neither first nor business class. */
  private void takePlainClass() {
    if (hasDeniedClass && draft.seatClass == null) {
      draft.seatClass = "second";
    }
  }

  /** Says how the other class is compared when only one was named: 一等座贵多少. */
  private void compareClasses() {
    if (draft.seatClass != null && Details.KNOWN.occurs("compared", sentence.plain())) {
      findings.assume("assumed.class_compared");
    }
  }

  private void seat(Word word, MeaningSpan span) {
    if (word.negated()) {
      draft.avoid.add(word.value());
      return;
    }
    var count = Details.KNOWN.before("tickets of the class", sentence.plain(), span.start());
    if (count.find()) {
      Numerals.whole(count.group(1)).ifPresent(n -> draft.ticketsBySeat.put(word.value(), n));
    }
    if (draft.position == null || draft.position.equals(word.value())) {
      draft.position = word.value();
    } else if (draft.ticketsBySeat.keySet().containsAll(List.of(draft.position, word.value()))) {
      // Each position has tickets of its own: the draft is split afterwards.
    } else if (Details.KNOWN.occurs("either", sentence.plain())) {
      POSITIONS.stream()
          .filter(p -> !p.equals(draft.position) && !p.equals(word.value()))
          .forEach(draft.avoid::add);
      draft.position = null;
    } else {
      findings.ask("position", Reason.CONTRADICTORY, draft.position + " / " + word.value());
    }
  }

  private void sort(Word word, MeaningSpan span) {
    if (!word.negated() && SORTS.contains(word.value())) {
      findings.several(sentence, span);
      draft.sort = findings.order(draft.sort, word.value());
    }
  }

  /** Reads the number before a word: "two window seats". */
  private void numberBefore(MeaningSpan span, Word word) {
    switch (word.topic()) {
      case KIND, SEAT, CLASS, TRAINTYPE -> {
        var before =
            Details.KNOWN.before(
                "number of tickets", sentence.unclaimedText('\u25a1'), span.start());
        if (before.find()) {
          var number = Numerals.whole(before.group(1));
          if (draft.passengers == null || number.filter(draft.passengers::equals).isPresent()) {
            sentence.use(before.start(), before.end());
            number.ifPresent(this::passengers);
          }
        }
      }
      default -> {}
    }
  }

  /** Returns whether the tickets are those of some persons: 两张成人一张儿童. */
  private boolean isOfPersons(MeaningSpan span) {
    return Details.KNOWN.follows("persons", sentence.plain(), span.end())
        || Details.KNOWN.precedes("persons", sentence.plain(), span.start());
  }

  private void count(Count count, MeaningSpan span) {
    if (count.unit() == Unit.TICKETS) {
      tickets.add(count.number());
      int others = tickets.stream().skip(1).mapToInt(Integer::intValue).sum();
      // "Two tickets, one by the window and one on the aisle" are two.
      if (isOfPersons(span)) {
        ticketsOfPersons += count.number();
        passengers(ticketsOfPersons);
      } else if (ticketsOfPersons == 0) {
        passengers(tickets.size() > 2 && others == tickets.getFirst() ? others : count.number());
      }
    } else if (count.unit() == Unit.ANY
        || (count.unit() == Unit.PEOPLE && draft.passengers == null)) {
      passengers(count.number());
    }
  }

  private void passengers(int number) {

    draft.passengers = findings.counted("passengers", number, WishCheck.MAX_TICKETS);
  }

  private void cost(Cost cost, MeaningSpan span) {
    findings.noteLeast(cost, span.in(sentence.plain()));

    if (!findings.isBudget(cost) && cost.scope() != Scope.NIGHT) {
      draft.maxPrice = cost.max().decimal();
    }
  }
}
