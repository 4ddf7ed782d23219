package org.actsandbox.agent.language.understand;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.actsandbox.agent.language.Clarification;
import org.actsandbox.agent.language.Clarification.Reason;
import org.actsandbox.agent.language.Interpretation;
import org.actsandbox.agent.language.Lang;
import org.actsandbox.agent.language.ShownOffer;
import org.actsandbox.agent.language.Situation;
import org.actsandbox.agent.language.TrainWish;
import org.actsandbox.agent.language.read.AnnotatedSentence;
import org.actsandbox.agent.language.read.Meaning;
import org.actsandbox.agent.language.read.Meaning.Day;
import org.actsandbox.agent.language.read.Meaning.Hours;
import org.actsandbox.agent.language.read.RuleFile;
import org.actsandbox.agent.language.text.Numerals;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.jspecify.annotations.Nullable;

/**
 * Finds which of the shown offers the principal takes. A choice leads to a purchase, so a sentence
 * that is negated, a question or unclear is no choice.
 */
final class OfferChoiceReader {

  /** The orders in which what is shown of an offer tells which of two comes first. */
  private static final Map<String, Comparator<ShownOffer>> COMPARED_BY =
      Map.of(
          "cheapest", Comparator.comparing(offer -> new BigDecimal(offer.total())),
          "earliest", byDeparture(Comparator.naturalOrder()),
          "latest", byDeparture(Comparator.reverseOrder()),
          "dearest",
              Comparator.<ShownOffer, BigDecimal>comparing(offer -> new BigDecimal(offer.total()))
                  .reversed());

  private static final Pattern TIME = Pattern.compile("(?<!\\d)(\\d{1,2})(?::|点)(\\d{2})?");
  private static final Set<String> ANSWERED_BY_CHOICE = Set.of("wish", "choice");

  private static final Pattern CLAUSE = Cues.KNOWN.any("clause");
  private static final int MIN_BRAND_CHARS = 4;

  private final Situation situation;
  private final Set<String> chosen = new LinkedHashSet<>();
  private final List<Clarification> clarifications = new ArrayList<>();

  /** The number of offers that were chosen before the clause that is being read. */
  private int chosenBefore;

  private static Comparator<ShownOffer> byDeparture(Comparator<OffsetDateTime> order) {
    return Comparator.comparing(ShownOffer::departs, Comparator.nullsLast(order));
  }

  private OfferChoiceReader(Situation situation) {
    this.situation = situation;
  }

  static Optional<Interpretation> choice(
      AnnotatedSentence annotated, Situation situation, Lang lang) {
    var text = annotated.text();
    if (isRequest(annotated, situation)) {
      return Optional.empty();
    }
    if (situation.offers().isEmpty()) {
      return situation.asked().isEmpty()
              && !situation.wishes().isEmpty()
              && (Cues.KNOWN.fits("takes it", text) || Cues.KNOWN.fits("one of a list", text))
          ? Optional.of(new Interpretation.OfferQuestion("offer.others", List.of(), lang))
          : Optional.empty();
    }
    if (Cues.KNOWN.fits("asks", text) && !Cues.KNOWN.fits("polite order", text)) {
      return Optional.empty();
    }
    return new OfferChoiceReader(situation).read(annotated, lang);
  }

  private Optional<Interpretation> read(AnnotatedSentence annotated, Lang lang) {
    var text = annotated.text();
    var open =
        situation.asked().stream().filter(field -> !ANSWERED_BY_CHOICE.contains(field)).toList();
    boolean negated = readClauses(text);
    if (!chosen.isEmpty() && ChoiceDetails.of(annotated, situation, chosen).differ()) {
      // "Yes, but first class" changes the wish: nothing is bought before the change is shown.
      Cues.KNOWN
          .anywhere("place in the list", text)
          .results()
          .forEach(place -> annotated.sentence().claim(place.start(), place.end()));
      return Optional.empty();
    }
    if (!chosen.isEmpty() && !open.isEmpty()) {
      // The wish has changed since these offers were shown, and waits for the answer.
      open.forEach(field -> clarifications.add(new Clarification(field, Reason.MISSING, null)));
    }
    if (clarifications.isEmpty() && !chosen.isEmpty()) {
      return Optional.of(new Interpretation.Choice(List.copyOf(chosen), lang));
    }
    if (clarifications.isEmpty() && negated && Cues.KNOWN.occurs("place in the list", text)) {
      ask(Reason.MISSING, null);
    }
    return clarifications.isEmpty()
        ? Optional.empty()
        : Optional.of(QuestionText.ask(clarifications, situation, lang));
  }

  /** Returns the offers that a question names, or the one that was asked about before. */
  static List<String> mentioned(AnnotatedSentence annotated, Situation situation) {
    var reader = new OfferChoiceReader(situation);
    for (var clause : CLAUSE.splitAsStream(annotated.text()).toList()) {
      reader.readNames(clause, true);
    }
    if (reader.chosen.isEmpty()) {
      annotated.all(Hours.class).forEach(reader::departingAbout);
    }
    return reader.chosen.isEmpty()
        ? reader.discussed().map(ShownOffer::offerId).stream().toList()
        : List.copyOf(reader.chosen);
  }

  /** Returns whether the sentence names an hour at which no train of the list leaves. */
  static boolean missesHour(AnnotatedSentence annotated, Situation situation) {
    long hours = Cues.KNOWN.anywhere("hour of departure", annotated.text()).results().count();
    return hours > mentioned(annotated, situation).size();
  }

  /** Adds the train that a question calls by its hour: 七点的车 is the nearest one to it. */
  private void departingAbout(Hours hours) {
    if (hours.about() && hours.departAfter() != null && hours.departBefore() != null) {
      var about =
          hours
              .departAfter()
              .plus(Duration.between(hours.departAfter(), hours.departBefore()).dividedBy(2));
      situation.offers().stream()
          .filter(offer -> minutesFrom(about, offer) < 60)
          .min(Comparator.comparing(offer -> minutesFrom(about, offer)))
          .ifPresent(offer -> chosen.add(offer.offerId()));
    }
  }

  private static long minutesFrom(LocalTime time, ShownOffer offer) {
    return offer.departs() == null
        ? Long.MAX_VALUE
        : Math.abs(Duration.between(time, offer.departs().toLocalTime()).toMinutes());
  }

  /** Returns the only offer that was asked about last by name. */
  private Optional<ShownOffer> discussed() {
    var discussed = situation.discussed();
    return discussed.size() == 1 ? Optional.of(discussed.getFirst()) : Optional.empty();
  }

  /** Returns the offers to compare: the ones that are named, or else the first two of each kind. */
  static List<String> compared(AnnotatedSentence annotated, Situation situation) {
    var mentioned = mentioned(annotated, situation);
    return mentioned.size() > 1
        ? mentioned
        : situation.offers().stream()
            .filter(offer -> offer.position() <= 2)
            .map(ShownOffer::offerId)
            .toList();
  }

  /**
   * Returns whether the sentence is a new request: places and days make one, except inside a
   * merchant's name.
   */
  private static boolean isRequest(AnnotatedSentence annotated, Situation situation) {
    return annotated.any(
        span ->
            span.meaning() instanceof Day
                || (span.meaning() instanceof Meaning.KnownPlace spot
                    && situation.offers().stream()
                        .noneMatch(o -> o.merchant().contains(spot.words()))));
  }

  /** Reads each clause that is not negated, and returns whether one was negated. */
  private boolean readClauses(String text) {
    boolean negated = false;
    for (var clause : CLAUSE.splitAsStream(text).toList()) {
      if (Cues.KNOWN.occurs("not that one", clause)) {
        negated = true;
      } else if (!clause.isBlank()) {
        readClause(Cues.KNOWN.anywhere("no before the choice", clause).replaceFirst(""));
      }
    }
    return negated;
  }

  /**
   * Chooses the offers that the clause calls by place, platform, number or time, and returns those
   * of the kind that it names. A question may call them together, or by the hour.
   */
  private List<ShownOffer> readNames(String clause, boolean asks) {
    var pool = pool(clause);
    chosenBefore = chosen.size();
    if (asks) {
      firstOfList(clause, pool);
    }
    ordinals(clause, pool);
    merchants(clause, pool);
    numbersAndTimes(clause, pool);
    if (asks) {
      hours(clause, pool);
    }
    return pool;
  }

  private void readClause(String clause) {
    var pool = readNames(clause, false);
    var ofCompared = firstOfCompared(clause);
    if (!ofCompared.isEmpty()) {
      if (ofCompared.size() == 1) {
        choose(ofCompared);
      } else {
        ask(Reason.AMBIGUOUS, clause.strip());
      }
    } else if (isFirstOfShownOrder(clause)) {
      recommended(pool);
    } else if (Cues.KNOWN.occurs("all of them", clause) && chosen.size() == chosenBefore) {
      all(pool);
    } else if (Cues.KNOWN.fits("takes it", clause)
        && chosen.isEmpty()
        && clarifications.isEmpty()) {
      if (situation.asked().contains("wish")) {
        // The change that was not understood may matter: which offer is meant must be said.
        ask(Reason.MISSING, null);
        return;
      }
      var discussed =
          Cues.KNOWN.occurs("recommended", clause) ? Optional.<ShownOffer>empty() : discussed();
      if (discussed.isPresent()) {
        choose(List.of(discussed.get()));
      } else if (Cues.KNOWN.occurs("the offer itself", clause)
          && !situation.discussed().isEmpty()) {
        // Several offers were named last: which of them is meant must be said.
        ask(Reason.MISSING, null);
      } else {
        recommended(pool);
      }
    }
  }

  /**
   * Returns the first of several offers that were talked about last, in the order that the clause
   * names; several if they are equal, and none if the clause names no order.
   */
  private List<ShownOffer> firstOfCompared(String clause) {
    var compared = situation.discussed();
    if (compared.size() < 2) {
      return List.of();
    }
    return Cues.found("order", clause).stream()
        .flatMap(order -> Stream.ofNullable(COMPARED_BY.get(order)))
        .limit(1)
        .flatMap(order -> firstOf(compared, order).stream())
        .toList();
  }

  private static List<ShownOffer> firstOf(List<ShownOffer> offers, Comparator<ShownOffer> order) {
    return offers.stream()
        .min(order)
        .map(first -> offers.stream().filter(each -> order.compare(each, first) == 0).toList())
        .orElse(List.of());
  }

  /** The first of an order takes an offer only from a list in this order; it searches otherwise. */
  private boolean isFirstOfShownOrder(String clause) {
    return !situation.wishes().isEmpty()
        && Cues.found("order", clause).stream()
            .anyMatch(
                order -> situation.wishes().stream().allMatch(wish -> order.equals(wish.sort())));
  }

  private List<ShownOffer> pool(String clause) {
    var kinds = Cues.found("shown", clause);
    var pool = situation.offers().stream().filter(o -> kinds.contains(o.kind().code())).toList();
    return kinds.size() == 1 && !pool.isEmpty() ? pool : situation.offers();
  }

  private static boolean hasSeveralKinds(List<ShownOffer> pool) {
    return pool.stream().map(ShownOffer::kind).distinct().count() > 1;
  }

  private void ordinals(String clause, List<ShownOffer> pool) {
    var matcher = Cues.KNOWN.anywhere("place in the list", clause);
    while (matcher.find()) {
      int position = position(RuleFile.captured(matcher).getFirst(), pool);
      var found = pool.stream().filter(o -> o.position() == position).toList();
      if (hasSeveralKinds(pool)) {
        ask(Reason.AMBIGUOUS, matcher.group().strip());
      } else if (found.isEmpty()) {
        ask(Reason.IMPOSSIBLE, matcher.group().strip());
      } else {
        choosePart(found.getFirst(), matcher.group().strip());
      }
    }
  }

  /** Chooses an offer, and the whole journey where the offer is only one of its trains. */
  private void choosePart(ShownOffer offer, String words) {
    var trains =
        situation.offers().stream()
            .filter(each -> each.kind() == MerchantKind.TRAIN && each.recommended())
            .toList();
    long journeys = situation.wishes().stream().filter(TrainWish.class::isInstance).count();
    boolean changes =
        offer.kind() == MerchantKind.TRAIN && journeys > 0 && trains.size() > journeys;
    if (!changes) {
      chosen.add(offer.offerId());
    } else if (journeys == 1 && offer.recommended()) {
      choose(trains);
    } else {
      ask(Reason.AMBIGUOUS, words);
    }
  }

  /** Adds the first offers of the list that the clause speaks of together: 前三个. */
  private void firstOfList(String clause, List<ShownOffer> pool) {
    var several = Cues.KNOWN.anywhere("first of the list", clause);
    if (several.find() && !hasSeveralKinds(pool)) {
      int last = Numerals.whole(RuleFile.captured(several).getFirst()).orElse(0);
      choose(pool.stream().filter(offer -> offer.position() <= last).toList());
    }
  }

  private static int position(String word, List<ShownOffer> pool) {
    if (word.equals("last") || word.startsWith("最后")) {
      return pool.stream().mapToInt(ShownOffer::position).max().orElse(0);
    }
    int named =
        List.of("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
            .indexOf(word);
    if (named >= 0) {
      return named + 1;
    }
    return Numerals.whole(word.replaceFirst("(?:st|nd|rd|th)$", "")).orElse(0);
  }

  private void merchants(String clause, List<ShownOffer> pool) {
    var plain = letters(clause);
    for (var offer : pool) {
      for (var name : offer.merchant().split("[/／]", -1)) {
        boolean named = names(plain, name);
        boolean first =
            pool.stream()
                .filter(o -> o.merchant().equals(offer.merchant()) && o.kind() == offer.kind())
                .allMatch(o -> o.position() >= offer.position());
        if (named && first && chosen.size() == chosenBefore) {
          chosen.add(offer.offerId());
        }
      }
    }
  }

  /**
   * Returns whether the text names the merchant. "GoTrip" names gotrip-rail as well: of its
   * platforms the one among the offers is meant.
   */
  private static boolean names(String plain, String merchant) {
    var whole = letters(merchant);
    var brand = letters(merchant.split("[- ]", 2)[0]);
    return (whole.length() >= 2 && plain.contains(whole))
        || (brand.length() >= MIN_BRAND_CHARS && plain.contains(brand));
  }

  private static String letters(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
  }

  private void numbersAndTimes(String clause, List<ShownOffer> pool) {
    var times = TIME.matcher(clause);
    while (times.find()) {
      var time =
          "%02d:%s"
              .formatted(
                  Integer.parseInt(times.group(1)), times.group(2) == null ? "00" : times.group(2));
      choose(
          pool.stream()
              .filter(o -> o.departs() != null && o.departs().toLocalTime().toString().equals(time))
              .limit(1)
              .toList());
    }
    for (var offer : pool) {
      var number = Pattern.compile("\\b[GDKCZT]\\d{1,4}\\b").matcher(offer.title());
      if (number.find()
          && Pattern.compile("(?<![a-z0-9])" + number.group().toLowerCase(Locale.ROOT) + "(?!\\d)")
              .matcher(clause)
              .find()
          && chosen.size() == chosenBefore) {
        chosen.add(offer.offerId());
      }
    }
  }

  /** Names the first train of an hour: a question about the 8 o'clock train means that of 8:05. */
  private void hours(String clause, List<ShownOffer> pool) {
    Cues.KNOWN
        .anywhere("hour of departure", clause)
        .results()
        .map(hour -> Integer.parseInt(hour.group(1)))
        .forEach(
            hour ->
                choose(
                    pool.stream()
                        .filter(o -> o.departs() != null && o.departs().getHour() == hour)
                        .limit(1)
                        .toList()));
  }

  private void all(List<ShownOffer> pool) {
    var recommended = pool.stream().filter(ShownOffer::recommended).toList();
    if (hasSeveralKinds(pool) && !recommended.isEmpty()) {
      choose(recommended);
    } else if (pool.size() <= 2) {
      choose(pool);
    } else {
      ask(Reason.AMBIGUOUS, "");
    }
  }

  private void recommended(List<ShownOffer> pool) {
    var recommended = pool.stream().filter(ShownOffer::recommended).toList();
    if (recommended.isEmpty() && pool.size() > 1) {
      ask(Reason.MISSING, null);
    } else {
      choose(recommended.isEmpty() ? pool : recommended);
    }
  }

  private void ask(Reason reason, @Nullable String about) {
    clarifications.add(new Clarification("choice", reason, about));
  }

  private void choose(List<ShownOffer> offers) {
    offers.forEach(offer -> chosen.add(offer.offerId()));
  }
}
