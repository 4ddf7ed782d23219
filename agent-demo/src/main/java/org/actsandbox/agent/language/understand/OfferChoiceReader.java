package org.actsandbox.agent.language.understand;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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
import org.actsandbox.agent.language.text.Numerals;
import org.actsandbox.protocol.commerce.MerchantKind;

/**
 * Finds which of the shown offers the principal takes. A choice leads to a purchase, so a sentence
 * that is negated, a question or unclear is no choice.
 */
final class OfferChoiceReader {

  private static final Pattern CLAUSE =
      Pattern.compile("[,，。;；!！]|\\b(?:but|and)\\b|但是?|而是|和|、|还有");
  private static final Pattern NEGATED =
      Pattern.compile(
          "\\b(?:not|don't|do not|never|neither|nor|without|except|instead of|rather than|isn't|won't|can't)\\b|不要|别|不想|不是|不订|不买|不选|不行|除了|不太|不好|没");
  private static final Pattern QUESTION =
      Pattern.compile(".*[?？]\\s*$|.*(?:吗|呢|么)(?:[?？。，, ].*)?$|.*(?:几点|多少|多久|多远|怎么|什么|哪[个家趟]).*");
  private static final Pattern POLITE =
      Pattern.compile(
          "^(?:please )?(?:can|could|would|will|may|shall) (?:you|i|we)(?: please)? (?:book|take|buy|get|have|order|go (?:for|with)).*"
              + "|.*(?:可以|能)?(?:帮我|给我)(?:订|买|选|下单).*(?:吗|好吗)[?？]?$");
  private static final Pattern YES =
      Pattern.compile(
          " ?(?:(?:yes|yep|yeah|ok|okay|sure|great|fine|perfect|good|alright|right|please|then|well|so|let's|i'll|i will|i'd like to|just|go ahead(?: and)?|sounds good|looks good|that works"
              + "|deal|agreed|confirm(?:ed)?|do it|(?:take|book|buy|get|order|pay(?: for)?|have|choose|pick) (?:it|that|this|them|that one|this one|these|those|now)|go for it|that one|this one|the recommended(?: one)?|your recommendation|(?:book|buy|order)(?=[ .!]*$)|purchase)\\b[ .]*)+"
              + "|(?:好的?|好吧|好啊|可以|行|行吧|嗯+|对|是的?|没问题|确认|同意|成交|就它|就它了|就这个|就这个吧|就这样|就这趟|就这家|要了|要它|要这个|买吧|订吧|买它|订它|下单吧?|付款吧?|支付吧?|就按你推荐的?|推荐的(?:那个)?|听你的|[这那]一?[个趟家款班张间件把]|没毛病|ok|那就|就|买|订|了|吧|这个|它)+ ?");

  private static final Pattern THAT =
      Pattern.compile("\\b(?:it|that|this|one)\\b|这[个家趟款]|那[个家趟款]|它");
  private static final Pattern RECOMMENDED = Pattern.compile("\\brecommend|推荐");

  /** The first of an order takes an offer only from a list in this order; it searches otherwise. */
  private static final Map<String, Pattern> FIRST_OF_ORDER =
      Map.of(
          "dearest", firstOfOrder("dear(?:er|est)|more expensive", "[更最]?贵"),
          "cheapest", firstOfOrder("cheap(?:er|est)|less expensive", "[更最]?便宜"),
          "fastest", firstOfOrder("fast(?:er|est)|quick(?:er|est)", "最?快"),
          "earliest", firstOfOrder("earli(?:er|est)", "[更最]?早"),
          "latest", firstOfOrder("later|latest", "[更最]?晚"),
          "nearest", firstOfOrder("near(?:er|est)|closest", "最?近"),
          "quietest", firstOfOrder("quiet(?:er|est)", "最?安静"));

  /** The orders in which what is shown of an offer tells which of two comes first. */
  private static final Map<String, Comparator<ShownOffer>> COMPARED_BY =
      Map.of(
          "cheapest", Comparator.comparing(offer -> new BigDecimal(offer.total())),
          "earliest", byDeparture(Comparator.naturalOrder()),
          "latest", byDeparture(Comparator.reverseOrder()),
          "dearest",
              Comparator.<ShownOffer, BigDecimal>comparing(offer -> new BigDecimal(offer.total()))
                  .reversed());

  private static final Pattern ORDINAL =
      Pattern.compile(
          "\\b(first|second|third|fourth|fifth|sixth|seventh|eighth|1st|2nd|3rd|4th|5th|6th|7th|8th|last)\\b(?! (?:class|thing|minute|night|week))"
              + "|(?:\\b(?:number|no\\.?|option|offer|choice)|#) ?(\\d{1,2}|one|two|three|four|five|six)\\b"
              + "|第([一二三四五六七八九十]{1,2}|\\d{1,2})(?!天|次|晚)|(最后一?)[个家趟班款]|^ ?(\\d{1,2})[. ]*$");

  /** The first offers of the list, together: 前两个. */
  private static final Pattern FIRST_OF_LIST =
      Pattern.compile(
          "\\b(?:first|top) (two|three|four|2|3|4)\\b(?! (?:class|nights?|days?|tickets?|people))|前([两二三四234])[个趟班家款间把双件条本台支副只套]");

  private static final Pattern ALL =
      Pattern.compile(
          "\\b(?:both|all(?: (?:of (?:them|it|these)|three|four|two))?|everything|the whole (?:lot|trip))\\b|全都?要|都要|全部|都订|都买|一起(?:订|买)|整套");
  private static final Pattern TIME = Pattern.compile("(?<!\\d)(\\d{1,2})(?::|点)(\\d{2})?");
  private static final Pattern NEGATED_YES = Pattern.compile("^ ?no\\b ?");

  private static final Set<String> ANSWERED_BY_CHOICE = Set.of("wish", "choice");

  private static final int MIN_BRAND_CHARS = 4;

  private final Situation situation;
  private final Set<String> chosen = new LinkedHashSet<>();
  private final List<Clarification> clarifications = new ArrayList<>();

  /** The number of offers that were chosen before the clause that is being read. */
  private int chosenBefore;

  private static Pattern firstOfOrder(String english, String chinese) {
    return Pattern.compile(
        " ?(?:(?:yes|ok|okay|sure|please|then|i'll|let's|take|buy|book|order|get|have)[ ,]*)*the (?:"
            + english
            + ")(?: one)?(?: please| then)?[.! ]*"
            + "|(?:好的?|行|可以|那|就|要|买|订|来|选|挑|拿|给我|帮我)*(?:"
            + chinese
            + ")(?:一?点儿?|些)?的?[那这一][个趟班家款间把双件条本台支副只套](?:吧|了)?[。! ]*");
  }

  private static Comparator<ShownOffer> byDeparture(Comparator<OffsetDateTime> order) {
    return Comparator.comparing(ShownOffer::departs, Comparator.nullsLast(order));
  }

  private OfferChoiceReader(Situation situation) {
    this.situation = situation;
  }

  static Optional<Interpretation> choice(
      AnnotatedSentence annotatedSentence, Situation situation, Lang lang) {
    var text = annotatedSentence.sentence().plain();
    if (situation.offers().isEmpty() || isRequest(annotatedSentence, situation)) {
      return Optional.empty();
    }
    if (QUESTION.matcher(text).matches() && !POLITE.matcher(text).matches()) {
      return Optional.empty();
    }
    var open =
        situation.asked().stream().filter(field -> !ANSWERED_BY_CHOICE.contains(field)).toList();
    var offerChoiceReader = new OfferChoiceReader(situation);
    boolean negated = offerChoiceReader.read(text);
    if (!offerChoiceReader.chosen.isEmpty()
        && ChoiceDetails.of(annotatedSentence, situation, offerChoiceReader.chosen, ORDINAL)
            .differ()) {
      // "Yes, but first class" changes the wish: nothing is bought before the change is shown.
      ORDINAL
          .matcher(text)
          .results()
          .forEach(place -> annotatedSentence.sentence().claim(place.start(), place.end()));
      return Optional.empty();
    }
    if (!offerChoiceReader.chosen.isEmpty() && !open.isEmpty()) {
      // The wish has changed since these offers were shown, and waits for the answer.
      open.forEach(
          field ->
              offerChoiceReader.clarifications.add(new Clarification(field, Reason.MISSING, null)));
    }
    if (offerChoiceReader.clarifications.isEmpty() && !offerChoiceReader.chosen.isEmpty()) {
      return Optional.of(new Interpretation.Choice(List.copyOf(offerChoiceReader.chosen), lang));
    }
    if (offerChoiceReader.clarifications.isEmpty() && negated && ORDINAL.matcher(text).find()) {
      offerChoiceReader.clarifications.add(new Clarification("choice", Reason.MISSING, null));
    }
    return offerChoiceReader.clarifications.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Interpretation.Question(
                offerChoiceReader.clarifications,
                QuestionText.question(offerChoiceReader.clarifications, lang),
                situation.wishes(),
                situation.budget(),
                lang));
  }

  /** Returns the offers that a question names, or the one that was asked about before. */
  static List<String> mentioned(AnnotatedSentence annotatedSentence, Situation situation) {
    var reader = new OfferChoiceReader(situation);
    for (var clause : CLAUSE.splitAsStream(annotatedSentence.sentence().plain()).toList()) {
      var pool = reader.pool(clause);
      reader.chosenBefore = reader.chosen.size();
      reader.firstOfList(clause, pool);
      reader.ordinals(clause, pool);
      reader.merchants(clause, pool);
      reader.numbersAndTimes(clause, pool);
    }
    return reader.chosen.isEmpty()
        ? reader.discussed().map(ShownOffer::offerId).stream().toList()
        : List.copyOf(reader.chosen);
  }

  /** Returns the only offer that was asked about last by name. */
  private Optional<ShownOffer> discussed() {
    var discussed = situation.offers().stream().filter(ShownOffer::discussed).toList();
    return discussed.size() == 1 ? Optional.of(discussed.getFirst()) : Optional.empty();
  }

  /** Returns the offers to compare: the ones that are named, or else the first two of each kind. */
  static List<String> compared(AnnotatedSentence annotatedSentence, Situation situation) {
    var mentioned = mentioned(annotatedSentence, situation);
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
  private static boolean isRequest(AnnotatedSentence annotatedSentence, Situation situation) {
    return annotatedSentence.marks().stream()
        .anyMatch(
            meaningSpan ->
                meaningSpan.meaning() instanceof Day
                    || (meaningSpan.meaning() instanceof Meaning.KnownPlace spot
                        && situation.offers().stream()
                            .noneMatch(o -> o.merchant().contains(spot.words()))));
  }

  /** Reads each clause that is not negated, and returns whether one was negated. */
  private boolean read(String text) {
    boolean negated = false;
    for (var clause : CLAUSE.splitAsStream(text).toList()) {
      if (NEGATED.matcher(clause).find()) {
        negated = true;
      } else if (!clause.isBlank()) {
        readClause(NEGATED_YES.matcher(clause).replaceFirst(""));
      }
    }
    return negated;
  }

  private void readClause(String clause) {
    var pool = pool(clause);
    chosenBefore = chosen.size();
    ordinals(clause, pool);
    merchants(clause, pool);
    numbersAndTimes(clause, pool);
    var ofCompared = firstOfCompared(clause);
    if (!ofCompared.isEmpty()) {
      if (ofCompared.size() == 1) {
        choose(ofCompared);
      } else {
        clarifications.add(new Clarification("choice", Reason.AMBIGUOUS, clause.strip()));
      }
    } else if (isFirstOfShownOrder(clause)) {
      recommended(pool);
    } else if (ALL.matcher(clause).find() && chosen.size() == chosenBefore) {
      all(pool);
    } else if (YES.matcher(clause).matches() && chosen.isEmpty() && clarifications.isEmpty()) {
      if (situation.asked().contains("wish")) {
        // The change that was not understood may matter: which offer is meant must be said.
        clarifications.add(new Clarification("choice", Reason.MISSING, null));
        return;
      }
      var discussed =
          RECOMMENDED.matcher(clause).find() ? Optional.<ShownOffer>empty() : discussed();
      if (discussed.isPresent()) {
        choose(List.of(discussed.get()));
      } else if (THAT.matcher(clause).find()
          && situation.offers().stream().anyMatch(ShownOffer::discussed)) {
        // Several offers were named last: which of them is meant must be said.
        clarifications.add(new Clarification("choice", Reason.MISSING, null));
      } else {
        recommended(pool);
      }
    }
  }

  /**
   * Returns the first of the offers that were compared last, in the order that the clause names;
   * several if they are equal, and none if the clause names no order.
   */
  private List<ShownOffer> firstOfCompared(String clause) {
    var compared = situation.offers().stream().filter(ShownOffer::discussed).toList();
    return FIRST_OF_ORDER.entrySet().stream()
        .filter(order -> order.getValue().matcher(clause).matches())
        .flatMap(order -> Stream.ofNullable(COMPARED_BY.get(order.getKey())))
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

  private boolean isFirstOfShownOrder(String clause) {
    return FIRST_OF_ORDER.entrySet().stream()
        .filter(order -> order.getValue().matcher(clause).matches())
        .anyMatch(
            order ->
                !situation.wishes().isEmpty()
                    && situation.wishes().stream()
                        .allMatch(wish -> order.getKey().equals(wish.sort())));
  }

  private List<ShownOffer> pool(String clause) {
    var merchantKinds = new ArrayList<MerchantKind>();
    if (clause.matches(".*(?:\\btrains?\\b|\\btickets?\\b|车|高铁|票).*")) {
      merchantKinds.add(MerchantKind.TRAIN);
    }
    if (clause.matches(".*(?:\\bhotels?\\b|\\brooms?\\b|酒店|宾馆|房).*")) {
      merchantKinds.add(MerchantKind.HOTEL);
    }
    if (clause.matches(".*(?:\\bitems?\\b|\\bproducts?\\b|商品|东西).*")) {
      merchantKinds.add(MerchantKind.SHOP);
    }
    var pool = situation.offers().stream().filter(o -> merchantKinds.contains(o.kind())).toList();
    return merchantKinds.size() == 1 && !pool.isEmpty() ? pool : situation.offers();
  }

  private static boolean hasSeveralKinds(List<ShownOffer> pool) {
    return pool.stream().map(ShownOffer::kind).distinct().count() > 1;
  }

  private void ordinals(String clause, List<ShownOffer> pool) {
    var matcher = ORDINAL.matcher(clause);
    while (matcher.find()) {
      int group = 1;
      while (matcher.group(group) == null) {
        group++;
      }
      int position = position(matcher.group(group), pool);
      var found = pool.stream().filter(o -> o.position() == position).toList();
      if (hasSeveralKinds(pool)) {
        clarifications.add(new Clarification("choice", Reason.AMBIGUOUS, matcher.group().strip()));
      } else if (found.isEmpty()) {
        clarifications.add(new Clarification("choice", Reason.IMPOSSIBLE, matcher.group().strip()));
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
      clarifications.add(new Clarification("choice", Reason.AMBIGUOUS, words));
    }
  }

  /** Adds the first offers of the list that the clause speaks of together: 前三个. */
  private void firstOfList(String clause, List<ShownOffer> pool) {
    var several = FIRST_OF_LIST.matcher(clause);
    if (several.find() && !hasSeveralKinds(pool)) {
      var number = several.group(1) == null ? several.group(2) : several.group(1);
      int last = Numerals.whole(number).orElse(0);
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
    var plain = lettersAndDigits(clause);
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
    var whole = lettersAndDigits(merchant);
    var brand = lettersAndDigits(merchant.split("[- ]", 2)[0]);
    return (whole.length() >= 2 && plain.contains(whole))
        || (brand.length() >= MIN_BRAND_CHARS && plain.contains(brand));
  }

  private static String lettersAndDigits(String text) {
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

  private void all(List<ShownOffer> pool) {
    var recommended = pool.stream().filter(ShownOffer::recommended).toList();
    if (hasSeveralKinds(pool) && !recommended.isEmpty()) {
      choose(recommended);
    } else if (pool.size() <= 2) {
      choose(pool);
    } else {
      clarifications.add(new Clarification("choice", Reason.AMBIGUOUS, ""));
    }
  }

  private void recommended(List<ShownOffer> pool) {
    var recommended = pool.stream().filter(ShownOffer::recommended).toList();
    if (recommended.isEmpty() && pool.size() > 1) {
      clarifications.add(new Clarification("choice", Reason.MISSING, null));
    } else {
      choose(recommended.isEmpty() ? pool : recommended);
    }
  }

  private void choose(List<ShownOffer> offers) {
    offers.forEach(offer -> chosen.add(offer.offerId()));
  }
}
