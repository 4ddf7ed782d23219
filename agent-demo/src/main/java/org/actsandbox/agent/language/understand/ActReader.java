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
import org.actsandbox.agent.language.Situation;
import org.actsandbox.agent.language.TrainWish;
import org.actsandbox.agent.language.read.AnnotatedSentence;
import org.actsandbox.agent.language.read.Meaning.Count;
import org.actsandbox.agent.language.read.Meaning.Day;
import org.actsandbox.agent.language.read.Meaning.KnownPlace;
import org.actsandbox.agent.language.read.Meaning.Word;
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
          "about.disrupted",
          "about.forecast",
          "about.presale");

  /** These may name a place and are no wish to go there. */
  private static final Set<String> WITH_PLACE =
      Set.of("about.shipping", "about.trains", "about.vehicles", "about.where", "about.weather");

  private final AnnotatedSentence annotated;
  private final Situation situation;
  private final Lang lang;
  private final String text;

  ActReader(AnnotatedSentence annotated, Situation situation, Lang lang) {
    this.annotated = annotated;
    this.situation = situation;
    this.lang = lang;
    this.text = annotated.text();
  }

  Optional<Interpretation> read() {
    var texts = Stream.of(text, core(text)).distinct().map(ScriptedPattern.Text::of).toList();
    return untoldDetail()
        .or(
            () ->
                ACTS.stream()
                    .filter(act -> texts.stream().anyMatch(act.pattern()::isFoundIn))
                    .flatMap(act -> interpretation(act.kind()).stream())
                    .findFirst());
  }

  /** Answers a question about what no merchant tells: "does it have a pool?". */
  private Optional<Interpretation> untoldDetail() {
    var core = core(text);
    boolean general = situation.offers().isEmpty();
    boolean isAsked =
        !general || (situation.wishes().isEmpty() && Cues.KNOWN.occurs("about all", core));
    return Cues.KNOWN.fits("question", core) && isAsked && !isSearch("offer.facts")
        ? untold(general ? "smalltalk.about.untold" : "smalltalk.untold")
        : Optional.empty();
  }

  /**
   * Says of the first wish in the sentence that no merchant can be asked for that no merchant tells
   * it; empty without such a wish.
   *
   * @param key the message, whose parameter is the wish
   */
  Optional<Interpretation> untold(String key) {
    return annotated
        .all(Word.class)
        .filter(word -> word.isOf(Topic.UNSUPPORTED))
        .flatMap(word -> UnsupportedWish.find(word.value()).stream())
        .findFirst()
        .map(wish -> QuestionText.answer(key, lang, wish.name().in(lang.code())));
  }

  /** A question for the price with another detail is a wish for it: "how much with breakfast?". */
  private boolean isAboutOtherDetail() {
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
  private boolean isForMore() {
    return annotated.any(
        span ->
            span.meaning() instanceof Count count
                && count.number() > 1
                && !text.substring(0, span.start()).endsWith("第"));
  }

  /** Returns the sentence without greetings, hesitation and thanks. */
  static String core(String text) {
    return Cues.KNOWN
        .anywhere("polite after", Cues.KNOWN.anywhere("polite before", text).replaceFirst(""))
        .replaceFirst("");
  }

  private Optional<Interpretation> interpretation(String act) {
    if (act.startsWith("offer.")) {
      return asksAboutOffer(act) ? Optional.of(aboutOffer(act)) : Optional.empty();
    }
    if (act.startsWith("order.")) {
      boolean latest = Cues.KNOWN.occurs("latest purchase", text);
      return isPurchase(act)
          ? Optional.of(new Interpretation.OrderQuestion(act, orderNo(), orderKind(), latest, lang))
          : Optional.empty();
    }
    boolean isWish =
        switch (act) {
          // The agent can buy only from the list shown last; an earlier offer must be asked for
          // again in words. Of two trains that were compared, "the earlier one" leaves first.
          case "earlier" ->
              (situation.offers().isEmpty() && situation.wishes().isEmpty())
                  || situation.discussed().size() > 1;
          case "about.gift" -> situation.offers().isEmpty() || makesWish(act);
          case "about.none" -> !foundNothing() || makesWish(act);
          case "about.facts" ->
              !(situation.offers().isEmpty() && situation.wishes().isEmpty()) || makesWish(act);
          case "rent" -> annotated.names(Topic.KIND, Topic.PRODUCT, Topic.ROOM, Topic.TRAINTYPE);
          case "weather" -> annotated.has(KnownPlace.class);
          // 明天去上海的票，要能带狗 is a wish with a condition, and no question.
          case "unanswered" ->
              !(Cues.KNOWN.fits("question", text) && !Cues.KNOWN.occurs("asks for goods", text))
                  && makesWish(act);
          case "payment", "authority", "capabilities" -> makesWish(act);
          default -> act.startsWith("about.") && makesWish(act);
        };
    return isWish
        ? Optional.empty()
        : Optional.of(
            act.equals("unanswered")
                ? unanswered()
                : QuestionText.answer("smalltalk." + act, lang));
  }

  private boolean asksAboutOffer(String act) {
    boolean compares = act.equals(Interpretation.OfferQuestion.COMPARISON);
    boolean others = act.equals("offer.others");
    // If nothing fitted the wish, the answer to "something else" is that nothing is shown.
    boolean hasOffers = !situation.offers().isEmpty() || (others && !situation.wishes().isEmpty());
    return hasOffers
        && (situation.asked().isEmpty() || situation.asked().equals(List.of("wish")))
        && (others
            ? !ProductComparison.isMeasured(text, situation)
            // 前两个比一比 is no question, and wants the offers compared all the same.
            : compares || Cues.KNOWN.fits("question", text))
        && !isSearch(act)
        && !(act.equals("offer.price") && (isAboutOtherDetail() || isForMore()));
  }

  private Interpretation aboutOffer(String act) {
    boolean compares = act.equals(Interpretation.OfferQuestion.COMPARISON);
    if (compares && OfferChoiceReader.missesHour(annotated, situation)) {
      return QuestionText.answer("smalltalk.no_such_hour", lang);
    }
    var elsewhere = act.equals("offer.distance") ? placeElsewhere() : Optional.<String>empty();
    return elsewhere.isPresent()
        ? QuestionText.answer("smalltalk.elsewhere", lang, elsewhere.get())
        : new Interpretation.OfferQuestion(
            act,
            compares
                ? OfferChoiceReader.compared(annotated, situation)
                : OfferChoiceReader.mentioned(annotated, situation),
            lang);
  }

  private boolean foundNothing() {
    return situation.offers().isEmpty() && situation.asked().isEmpty() && situation.canSearch();
  }

  /**
   * Returns whether a sentence with such words is a wish after all: "a lamp, without asking me".
   * Its unread words are named.
   */
  private boolean makesWish(String act) {
    boolean isForGoods =
        switch (act) {
          // "How's it going? I'd love a teapot" asks for goods besides.
          case "about.chat", "about.balance" -> Cues.KNOWN.occurs("asks for", text);
          case "about.notify", "about.returns", "about.sell" -> false;
          default -> true;
        };
    return annotated.any(
        span ->
            switch (span.meaning()) {
              case Day _ when !WITH_DAY.contains(act) -> true;
              case KnownPlace _
                  when !WITH_PLACE.contains(act)
                      && !(act.equals("about.children") && isQuestion()) ->
                  true;
              case Word word ->
                  (word.isOf(Topic.PRODUCT) && isForGoods)
                      || (word.is(Topic.KIND, "foreign") && act.equals("about.shipping"));
              default -> act.equals("about.sorry");
            });
  }

  /**
   * Returns whether the sentence is about a purchase. A day to come makes a wish, unless it is the
   * day to which a purchase is to be moved; with a wish open, "change my ticket" means that wish.
   */
  private boolean isPurchase(String act) {
    if (act.equals("order.change") || Cues.KNOWN.occurs("drops", text)) {
      return situation.wishes().isEmpty();
    }
    // "Where is my order now?" names no day to come.
    var today = situation.today();
    var firstToCome = act.equals("order.where") ? today.plusDays(1) : today;
    return act.equals("order.spent")
        || act.equals(Interpretation.OrderQuestion.CANCELLATION)
        || Cues.KNOWN.occurs("bought", text)
        || annotated.all(Day.class).allMatch(day -> day.last().isBefore(firstToCome));
  }

  private @Nullable MerchantKind orderKind() {
    return Cues.found("purchased", text).stream()
        .flatMap(kind -> MerchantKind.find(kind).stream())
        .findFirst()
        .orElse(annotated.names(Topic.PRODUCT) ? MerchantKind.SHOP : null);
  }

  private @Nullable String orderNo() {
    var matcher = Cues.KNOWN.anywhere("order number", text);
    return matcher.find() ? RuleFile.captured(matcher).getFirst().toUpperCase(Locale.ROOT) : null;
  }

  /**
   * Returns whether the sentence starts a new search: it does with a day, and with a place unless
   * it asks for the distance to it.
   */
  private boolean isSearch(String act) {
    return annotated.has(Day.class)
        || (annotated.has(KnownPlace.class) && !act.equals("offer.distance"));
  }

  /** Returns the place that a question names although the offers tell another place's distance. */
  private Optional<String> placeElsewhere() {
    var near =
        situation.wishes(HotelWish.class).map(HotelWish::near).filter(Objects::nonNull).toList();
    return annotated
        .all(KnownPlace.class)
        .filter(place -> place.places().stream().noneMatch(p -> near.contains(p.name().en())))
        .filter(place -> place.places().stream().noneMatch(p -> p.isCity()))
        .map(KnownPlace::words)
        .findFirst();
  }

  boolean isQuestion() {
    return Cues.KNOWN.fits("question", text) && !Cues.KNOWN.occurs("indifferent", text);
  }

  /** Says that the question cannot be answered; the offers on the screen stay as they are. */
  Interpretation unanswered() {
    boolean shows = !situation.offers().isEmpty();
    return QuestionText.answer(shows ? "smalltalk.unanswered_offer" : "smalltalk.unanswered", lang);
  }
}
