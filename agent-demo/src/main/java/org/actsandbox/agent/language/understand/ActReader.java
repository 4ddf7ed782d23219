package org.actsandbox.agent.language.understand;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.actsandbox.agent.language.HotelWish;
import org.actsandbox.agent.language.Interpretation;
import org.actsandbox.agent.language.Lang;
import org.actsandbox.agent.language.ShownOffer;
import org.actsandbox.agent.language.Situation;
import org.actsandbox.agent.language.TrainWish;
import org.actsandbox.agent.language.read.AnnotatedSentence;
import org.actsandbox.agent.language.read.Meaning.Count;
import org.actsandbox.agent.language.read.Meaning.Day;
import org.actsandbox.agent.language.read.Meaning.KnownPlace;
import org.actsandbox.agent.language.read.Meaning.Word;
import org.actsandbox.agent.language.read.MeaningSpan;
import org.actsandbox.agent.language.read.RuleFile;
import org.actsandbox.agent.language.read.RuleFile.Rule;
import org.actsandbox.agent.language.read.Topic;
import org.actsandbox.agent.language.read.UnsupportedWish;
import org.actsandbox.agent.language.text.ScriptedPattern;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.jspecify.annotations.Nullable;

/** Recognizes sentences that contain no new wish: the principal asks, thanks or greets. */
final class ActReader {

  /** The acts of {@code acts.txt} in their order; the first one that fits is taken. */
  static final List<Rule> ACTS = RuleFile.of(ActReader.class, "acts.txt").lines();

  /** The acts that ask about nothing that was shown or bought. */
  private static final Set<String> GENERAL = Set.of("payment", "authority", "capabilities");

  /** These may name a day and are no wish for it. */
  private static final Set<String> WITH_DAY =
      Set.of(
          "authority",
          "capabilities",
          "about.hold",
          "about.deals",
          "about.returns",
          "about.children",
          "about.mood",
          "about.where",
          "about.weather",
          "about.failed",
          "about.forecast",
          "about.presale");

  /** These may name a place and are no wish to go there. */
  private static final Set<String> WITH_PLACE =
      Set.of("about.shipping", "about.vehicles", "about.where", "about.weather");

  private ActReader() {}

  static Optional<Interpretation> read(
      AnnotatedSentence annotated, Situation situation, Lang lang) {
    var text = annotated.text();
    var core = core(text);
    var untold = untold(annotated, situation, lang);
    if (untold.isPresent()) {
      return untold;
    }
    var texts = Stream.of(text, core).distinct().map(ScriptedPattern.Text::of).toList();
    for (var act : ACTS) {
      if (texts.stream().anyMatch(act.pattern()::isFoundIn)) {
        var interpretation = interpretation(act.kind(), annotated, situation, lang);
        if (interpretation.isPresent()) {
          return interpretation;
        }
      }
    }
    return Optional.empty();
  }

  /** Answers a question about what no merchant tells: "does it have a pool?". */
  private static Optional<Interpretation> untold(
      AnnotatedSentence annotated, Situation situation, Lang lang) {
    var text = core(annotated.text());
    boolean general = situation.offers().isEmpty();
    if (!Cues.KNOWN.fits("question", text)
        || isSearch(annotated, "offer.facts")
        || (general && !(situation.wishes().isEmpty() && Cues.KNOWN.occurs("about all", text)))) {
      return Optional.empty();
    }
    return untold(annotated, general ? "smalltalk.about.untold" : "smalltalk.untold", lang);
  }

  /**
   * Says of the first wish in the sentence that no merchant can be asked for that no merchant tells
   * it; empty without such a wish.
   *
   * @param key the message, whose parameter is the wish
   */
  static Optional<Interpretation> untold(AnnotatedSentence annotated, String key, Lang lang) {

    return annotated
        .all(Word.class)
        .filter(word -> word.isOf(Topic.UNSUPPORTED))
        .flatMap(word -> UnsupportedWish.find(word.value()).stream())
        .findFirst()
        .map(
            wish ->
                new Interpretation.OutOfScope(
                    QuestionText.text(key, lang, wish.name().in(lang.code())), lang));
  }

  /** A question for the price with another detail is a wish for it: "how much with breakfast?". */
  private static boolean isAboutOtherDetail(AnnotatedSentence annotated, Situation situation) {
    return annotated
        .all(Word.class)
        .anyMatch(
            word ->
                switch (word.topic()) {
                  case CLASS ->
                      situation
                          .wishes(TrainWish.class)
                          .anyMatch(train -> !word.value().equals(train.seatClass()));
                  case BREAKFAST, ROOM -> situation.wishes(HotelWish.class).findAny().isPresent();
                  default -> false;
                });
  }

  /** A question for the price of several is a wish for them: "how much is that for two?". */
  private static boolean isForMore(AnnotatedSentence annotated) {
    var text = annotated.text();
    return annotated.marks().stream()
        .anyMatch(
            mark ->
                mark.meaning() instanceof Count count
                    && count.number() > 1
                    && !text.substring(0, mark.start()).endsWith("第"));
  }

  /** Returns the sentence without greetings, hesitation and thanks. */
  static String core(String text) {
    return Cues.KNOWN
        .anywhere("polite after", Cues.KNOWN.anywhere("polite before", text).replaceFirst(""))
        .replaceFirst("");
  }

  private static Optional<Interpretation> interpretation(
      String act, AnnotatedSentence annotated, Situation situation, Lang lang) {
    var text = annotated.text();
    if (act.startsWith("offer.")) {
      boolean compares = act.equals(Interpretation.OfferQuestion.COMPARISON);
      boolean asks =
          (!situation.offers().isEmpty() || isForOthersOfNone(act, situation))
              && (situation.asked().isEmpty() || situation.asked().equals(List.of("wish")))
              && (act.equals("offer.others")
                  ? !ProductComparison.isMeasured(text, situation)
                  // 前两个比一比 is no question, and wants the offers compared all the same.
                  : compares || Cues.KNOWN.fits("question", text))
              && !isSearch(annotated, act)
              && !(act.equals("offer.price")
                  && (isAboutOtherDetail(annotated, situation) || isForMore(annotated)));
      if (asks && compares && OfferChoiceReader.missesHour(annotated, situation)) {
        return Optional.of(
            new Interpretation.OutOfScope(QuestionText.text("smalltalk.no_such_hour", lang), lang));
      }
      if (asks && act.equals("offer.distance")) {
        var elsewhere = placeElsewhere(annotated, situation);
        if (elsewhere.isPresent()) {
          return Optional.of(
              new Interpretation.OutOfScope(
                  QuestionText.text("smalltalk.elsewhere", lang, elsewhere.get()), lang));
        }
      }
      return asks
          ? Optional.of(
              new Interpretation.OfferQuestion(
                  act,
                  compares
                      ? OfferChoiceReader.compared(annotated, situation)
                      : OfferChoiceReader.mentioned(annotated, situation),
                  lang))
          : Optional.empty();
    }
    if (act.startsWith("order.")) {
      return isPurchase(act, annotated, situation)
          ? Optional.of(
              new Interpretation.OrderQuestion(
                  act,
                  orderNo(text),
                  orderKind(annotated),
                  Cues.KNOWN.occurs("latest purchase", text),
                  lang))
          : Optional.empty();
    }
    // The agent can buy only from the list shown last; an earlier offer must be asked for again in
    // words.
    boolean isNothingBefore = act.equals("about.gift") || situation.wishes().isEmpty();
    if (Set.of("earlier", "about.gift").contains(act)
        && situation.offers().isEmpty()
        && isNothingBefore) {
      return Optional.empty();
    }
    // If two trains were compared, "the earlier one" is the train that leaves first.
    if (act.equals("earlier")
        && situation.offers().stream().filter(ShownOffer::discussed).count() > 1) {
      return Optional.empty();
    }
    if ((act.startsWith("about.") || GENERAL.contains(act)) && makesWish(act, annotated)) {
      return Optional.empty();
    }
    if (act.equals("about.none") && !foundNothing(situation)) {
      return Optional.empty();
    }
    if (act.equals("about.facts")
        && !(situation.offers().isEmpty() && situation.wishes().isEmpty())) {
      return Optional.empty();
    }
    if (act.equals("rent") && namesKind(annotated)) {
      return Optional.empty();
    }
    if (act.equals("weather") && annotated.has(KnownPlace.class)) {
      return Optional.empty();
    }
    if (act.equals("unanswered")) {
      // 明天去上海的票，要能带狗 is a wish with a condition, and no question.
      boolean asks =
          Cues.KNOWN.fits("question", text) && !Cues.KNOWN.occurs("asks for goods", text);
      if (!asks && makesWish(act, annotated)) {
        return Optional.empty();
      }
      return Optional.of(new Interpretation.OutOfScope(unanswered(situation, lang), lang));
    }
    return Optional.of(
        new Interpretation.OutOfScope(QuestionText.text("smalltalk." + act, lang), lang));
  }

  /** Where nothing fitted the wish, the answer to "something else" is that nothing is shown. */
  private static boolean isForOthersOfNone(String act, Situation situation) {
    return act.equals("offer.others") && !situation.wishes().isEmpty();
  }

  private static boolean foundNothing(Situation situation) {
    return situation.offers().isEmpty()
        && situation.asked().isEmpty()
        && !situation.wishes().isEmpty()
        && situation.wishes().stream().allMatch(wish -> wish.missing().isEmpty());
  }

  /** Returns whether goods are asked for besides: "how's it going? I'd love a teapot". */
  private static boolean asksFor(AnnotatedSentence annotated) {
    return Cues.KNOWN.occurs("asks for", annotated.text());
  }

  /** Returns whether the sentence names what is sold here, or what is known not to be. */
  private static boolean namesKind(AnnotatedSentence annotated) {

    return annotated.names(Topic.KIND, Topic.PRODUCT, Topic.ROOM, Topic.TRAINTYPE);
  }

  /**
   * Returns whether a sentence with such words is a wish after all: "a lamp, without asking me".
   * Its unread words are named.
   */
  private static boolean makesWish(String act, AnnotatedSentence annotated) {
    boolean complains = act.equals("about.sorry");
    return annotated.marks().stream()
        .map(MeaningSpan::meaning)
        .anyMatch(
            meaning ->
                (meaning instanceof Day && !WITH_DAY.contains(act))
                    || (meaning instanceof KnownPlace
                        && !WITH_PLACE.contains(act)
                        && !(act.equals("about.children") && isQuestion(annotated.text())))
                    || (complains && !(meaning instanceof Word))
                    || (act.equals("about.shipping")
                        && meaning instanceof Word goods
                        && goods.is(Topic.KIND, "foreign"))
                    || (meaning instanceof Word word
                        && word.isOf(Topic.PRODUCT)
                        && (asksFor(annotated)
                            || !Set.of("about.chat", "about.balance").contains(act))
                        && !Set.of("about.notify", "about.returns", "about.sell").contains(act)));
  }

  /**
   * Returns whether the sentence is about a purchase. A day to come makes a wish, unless it is the
   * day to which a purchase is to be moved; with a wish open, "change my ticket" means that wish.
   */
  private static boolean isPurchase(String act, AnnotatedSentence annotated, Situation situation) {
    var text = annotated.text();
    if (act.equals("order.change") || Cues.KNOWN.occurs("drops", text)) {
      return situation.wishes().isEmpty();
    }
    if (act.equals("order.spent") || act.equals(Interpretation.OrderQuestion.CANCELLATION)) {
      return true;
    }
    if (Cues.KNOWN.occurs("bought", text)) {
      return true;
    }
    var today = situation.now().toLocalDate();
    // "Where is my order now?" names no day to come.
    var firstToCome = act.equals("order.where") ? today.plusDays(1) : today;
    return annotated.all(Day.class).allMatch(day -> day.last().isBefore(firstToCome));
  }

  private static @Nullable MerchantKind orderKind(AnnotatedSentence annotated) {
    var text = annotated.text();

    boolean goods = annotated.names(Topic.PRODUCT);

    return Cues.found("purchased", text).stream()
        .flatMap(kind -> MerchantKind.find(kind).stream())
        .findFirst()
        .orElse(goods ? MerchantKind.SHOP : null);
  }

  private static @Nullable String orderNo(String text) {
    var matcher = Cues.KNOWN.anywhere("order number", text);
    return matcher.find() ? RuleFile.captured(matcher).getFirst().toUpperCase(Locale.ROOT) : null;
  }

  /**
   * Returns whether the sentence starts a new search: it does with a day, and with a place unless
   * it asks for the distance to it.
   */
  private static boolean isSearch(AnnotatedSentence annotated, String act) {
    boolean place = annotated.has(KnownPlace.class);
    return annotated.has(Day.class) || (place && !act.equals("offer.distance"));
  }

  /** Returns the place that a question names although the offers tell another place's distance. */
  private static Optional<String> placeElsewhere(AnnotatedSentence annotated, Situation situation) {

    var near =
        situation.wishes(HotelWish.class).map(HotelWish::near).filter(Objects::nonNull).toList();

    return annotated
        .all(KnownPlace.class)
        .filter(place -> place.places().stream().noneMatch(p -> near.contains(p.name().en())))
        .filter(place -> place.places().stream().noneMatch(p -> p.isCity()))
        .map(KnownPlace::words)
        .findFirst();
  }

  static boolean isQuestion(String text) {
    return Cues.KNOWN.fits("question", text) && !Cues.KNOWN.occurs("indifferent", text);
  }

  /** Says that the question cannot be answered; the offers on the screen stay as they are. */
  static String unanswered(Situation situation, Lang lang) {
    return QuestionText.text(
        situation.offers().isEmpty() ? "smalltalk.unanswered" : "smalltalk.unanswered_offer", lang);
  }
}
