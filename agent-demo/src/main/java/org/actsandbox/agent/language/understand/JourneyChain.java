package org.actsandbox.agent.language.understand;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.actsandbox.agent.language.place.Place;
import org.actsandbox.agent.language.read.Meaning.Day;
import org.actsandbox.agent.language.read.Meaning.KnownPlace;
import org.actsandbox.agent.language.read.Meaning.Role;
import org.actsandbox.agent.language.read.MeaningSpan;
import org.actsandbox.agent.language.read.Topic;
import org.actsandbox.agent.language.understand.draft.Segment;
import org.actsandbox.protocol.commerce.MerchantKind;

/** Tells the journeys of one sentence apart that go on from city to city. */
final class JourneyChain {

  private JourneyChain() {}

  /**
   * Returns whether a clause is a journey of its own after the one before: "from Suzhou to
   * Nanjing", or "Nanjing on Saturday" after "Suzhou on Friday".
   */
  static boolean goesOn(Segment before, List<MeaningSpan> clause) {
    var city = destination(clause);
    var last = destination(before.spans);
    return before.merchantKind == MerchantKind.TRAIN
        && !before.back
        && city.isPresent()
        && last.isPresent()
        && !city.equals(last)
        && (startsAt(last.get(), clause) || (hasDay(clause) && hasDay(before.spans)))
        && clause.stream().noneMatch(span -> span.isWord(Topic.RETURN));
  }

  /**
   * Returns the clauses of a sentence without a word for a journey that each name another city and
   * a day: "Suzhou on Friday, Nanjing on Saturday". It returns none for fewer than two of them.
   */
  static List<int[]> stops(List<int[]> clauses, Function<int[], List<MeaningSpan>> spansIn) {
    var stops =
        clauses.stream()
            .filter(clause -> hasDay(spansIn.apply(clause)))
            .filter(clause -> destination(spansIn.apply(clause)).isPresent())
            .toList();
    long cities = stops.stream().map(stop -> destination(spansIn.apply(stop))).distinct().count();
    return stops.size() > 1 && cities == stops.size() ? stops : List.of();
  }

  private static boolean startsAt(String city, List<MeaningSpan> clause) {
    return clause.stream()
        .anyMatch(
            span ->
                span.meaning() instanceof KnownPlace place
                    && place.role() == Role.FROM
                    && place.places().stream().anyMatch(each -> each.city().equals(city)));
  }

  private static boolean hasDay(List<MeaningSpan> spans) {
    return spans.stream().anyMatch(span -> span.meaning() instanceof Day);
  }

  /** Returns the last city that is named and where no journey begins. */
  private static Optional<String> destination(List<MeaningSpan> spans) {
    return spans.stream()
        .flatMap(
            span ->
                span.meaning() instanceof KnownPlace place && place.role() != Role.FROM
                    ? place.places().stream().limit(1)
                    : Stream.empty())
        .map(Place::city)
        .reduce((_, last) -> last);
  }
}
