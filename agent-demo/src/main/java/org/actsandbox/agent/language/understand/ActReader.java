package org.actsandbox.agent.language.understand;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
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

  private static final Pattern ORDER_NO = Pattern.compile("[a-z0-9-]*\\d[a-z0-9-]{3,}$");

  /** Merchants number their orders as they like; only the place in the sentence tells. */
  private static final Pattern CANCELLED_NO =
      Pattern.compile(
          "(?:order|订单号?)[ ：:#]*(?:no\\.? |number )?([a-z0-9][a-z0-9._~-]*?)(?:吧|[,，]? ?please)?[.。!！ ]*$");

  private static final Map<MerchantKind, Pattern> ORDER_KINDS =
      Map.of(
          MerchantKind.TRAIN, Pattern.compile("\\b(?:tickets?|trains?)\\b|(?<!发)票|火车|高铁|车次"),
          MerchantKind.HOTEL, Pattern.compile("\\b(?:hotels?|rooms?)\\b|酒店|宾馆|房"),
          MerchantKind.SHOP, Pattern.compile("\\b(?:parcels?|packages?|goods)\\b|快递|包裹|商品"));

  /** The acts that ask about nothing that was shown or bought. */
  private static final Pattern GENERAL =
      Pattern.compile("about\\..*|payment|authority|capabilities");

  /** 有没有行李箱，要能带上飞机 asks for a suitcase, and not about one. */
  private static final Pattern ASKS_FOR_GOODS =
      Pattern.compile(
          "^(?:请问|想问)?(?:一下)?(?:你们?|您|咱们?)?(?:这[儿里边]?|店里)?(?:有没有|有无|有(?=.*(?:吗|么|没有)))(?!什么?区别)");

  private static final Pattern ASKS_FOR =
      Pattern.compile(
          "\\b(?:i(?:'d| would) (?:love|like)|i (?:need|want)|looking for|buy|get me)\\b|想?(?:给.{1,6})?买|想要|需要");

  private static final Set<Topic> OWN_TOPICS =
      Set.of(Topic.KIND, Topic.PRODUCT, Topic.ROOM, Topic.TRAINTYPE);

  /** These may name a day and are no wish for it. */
  private static final Set<String> WITH_DAY =
      Set.of(
          "authority",
          "capabilities",
          "about.hold",
          "about.deals",
          "about.children",
          "about.mood",
          "about.presale");

  /** Finds a purchase that was made, for any day: "the hotel I booked for Saturday". */
  private static final Pattern BOUGHT =
      Pattern.compile(
          "\\b(?:i|we)(?:'ve| have| had|'d)?(?: just| already| only)? (?:ordered|bought|booked|purchased|paid for)\\b");

  /** With a wish open, 把酒店取消了 drops the hotel from it. */
  private static final Pattern DROPS =
      Pattern.compile("^(?:请|帮我|麻烦你?|给我|我要|我想)*(?:把|将)(?!我)[^，,。]{0,8}(?:取消|退)");

  private static final Pattern LATEST =
      Pattern.compile("\\b(?:last|latest|most recent)\\b|刚才|刚刚|上次|上一[个笔单张次]|最近一");
  private static final Pattern QUESTION =
      Pattern.compile(
          ".*[?？] ?$|.*(?:吗|呢|么|没有|比一?比|比较一下|对比(?:一下)?)[。 ]*$|.*(?:能|可以|有|会|含|带|收|支持|[付发到订买收]了)[^，,。]{0,8}[不没][。 ]*$|.*(\\p{IsHan})不\\1.*|.*(?:多少|多远|多久|几点|几天|什么|哪|怎么|为什么|为啥|能不能|可不可以|有没有|是不是|区别).*"
              + "|^(?:and |so |but |ok,? )?(?:is|are|does|do|did|can|could|will|would|what|when|where|which|who|why|how|compare|tell me)\\b.*");

  /** 几点都行 asks nothing. */
  private static final Pattern INDIFFERENT = Pattern.compile("(?:都|也)(?:行|可以|好|成|可|能)|随便|无所谓");

  /** A question about all trains or hotels, and no wish for one: "is there wifi on the train?". */
  private static final Pattern ABOUT_ALL =
      Pattern.compile(
          "\\b(?:on|in|at) (?:the |your |these |most |all )?(?:trains?|hotels?|rooms?|board)\\b|\\b(?:do|are|can|have) (?:the |your |these |any |all |most )?(?:trains|hotels|rooms)\\b|^(?:can|could|may|am|are) (?:i|we) (?:allowed to )?(?:bring|take|use|smoke|cook|park|come with)\\b|(?:火车|高铁|动车|列车|车|酒店|宾馆|房间)(?:上|里|内)?(?:面)?(?:能|可以|可不可以|能不能|有没有|有|让|准|允许|给)(?!.*(?:票|班|趟|座))");

  private static final Pattern POLITE_BEFORE =
      Pattern.compile(
          "^(?:(?:hi|hello|hey|please|um+|uh|well|ok(?:ay)?|so)(?: there)?\\b[,.! ]*|(?:你好|您好|请问(?:一下)?|那个|嗯|麻烦(?:帮我)?(?:看(?:一?下)?)?|我想问问?)[，,。！ ]*)+(?=.)");
  private static final Pattern POLITE_AFTER =
      Pattern.compile(
          "(?<=.)(?:[, ]+(?:thanks(?: a lot)?|thank you(?: very much| so much)?|please|pls|plz|thx)|[，,。 ]*(?:谢谢|多谢|拜托了?|辛苦[啦了]?|吧))[.!。！ ]*$");

  private ActReader() {}

  static Optional<Interpretation> read(
      AnnotatedSentence annotatedSentence, Situation situation, Lang lang) {
    var text = annotatedSentence.sentence().plain();
    var core = core(text);
    var untold = untold(annotatedSentence, situation, lang);
    if (untold.isPresent()) {
      return untold;
    }
    var texts = Stream.of(text, core).distinct().map(ScriptedPattern.Text::of).toList();
    for (var act : ACTS) {
      if (texts.stream().anyMatch(act.pattern()::isFoundIn)) {
        var interpretation = interpretation(act.kind(), annotatedSentence, situation, lang);
        if (interpretation.isPresent()) {
          return interpretation;
        }
      }
    }
    return Optional.empty();
  }

  /** Answers a question about what no merchant tells: "does it have a pool?". */
  private static Optional<Interpretation> untold(
      AnnotatedSentence annotatedSentence, Situation situation, Lang lang) {
    var text = core(annotatedSentence.sentence().plain());
    boolean general = situation.offers().isEmpty();
    if (!QUESTION.matcher(text).matches()
        || isSearch(annotatedSentence, "offer.facts")
        || (general && !(situation.wishes().isEmpty() && ABOUT_ALL.matcher(text).find()))) {
      return Optional.empty();
    }
    return untold(annotatedSentence, general ? "smalltalk.about.untold" : "smalltalk.untold", lang);
  }

  /**
   * Says of the first wish in the sentence that no merchant can be asked for that no merchant tells
   * it; empty without such a wish.
   *
   * @param key the message, whose parameter is the wish
   */
  static Optional<Interpretation> untold(
      AnnotatedSentence annotatedSentence, String key, Lang lang) {
    return annotatedSentence.marks().stream()
        .flatMap(
            mark ->
                mark.meaning() instanceof Word word && word.topic() == Topic.UNSUPPORTED
                    ? UnsupportedWish.find(word.value()).stream()
                    : Stream.empty())
        .findFirst()
        .map(
            wish ->
                new Interpretation.OutOfScope(
                    QuestionText.text(key, lang, wish.name().in(lang.code())), lang));
  }

  /** A question for the price with another detail is a wish for it: "how much with breakfast?". */
  private static boolean isAboutOtherDetail(
      AnnotatedSentence annotatedSentence, Situation situation) {
    return annotatedSentence.marks().stream()
        .flatMap(mark -> mark.meaning() instanceof Word word ? Stream.of(word) : Stream.empty())
        .anyMatch(
            word ->
                switch (word.topic()) {
                  case CLASS ->
                      situation.wishes().stream()
                          .anyMatch(
                              wish ->
                                  wish instanceof TrainWish train
                                      && !word.value().equals(train.seatClass()));
                  case BREAKFAST, ROOM ->
                      situation.wishes().stream().anyMatch(HotelWish.class::isInstance);
                  default -> false;
                });
  }

  /** A question for the price of several is a wish for them: "how much is that for two?". */
  private static boolean isForMore(AnnotatedSentence annotatedSentence) {
    var text = annotatedSentence.sentence().plain();
    return annotatedSentence.marks().stream()
        .anyMatch(
            mark ->
                mark.meaning() instanceof Count count
                    && count.number() > 1
                    && !text.substring(0, mark.start()).endsWith("第"));
  }

  /** Returns the sentence without greetings, hesitation and thanks. */
  static String core(String text) {
    return POLITE_AFTER.matcher(POLITE_BEFORE.matcher(text).replaceFirst("")).replaceFirst("");
  }

  private static Optional<Interpretation> interpretation(
      String act, AnnotatedSentence annotatedSentence, Situation situation, Lang lang) {
    var text = annotatedSentence.sentence().plain();
    if (act.startsWith("offer.")) {
      boolean compares = act.equals(Interpretation.OfferQuestion.COMPARISON);
      boolean asks =
          !situation.offers().isEmpty()
              && (situation.asked().isEmpty() || situation.asked().equals(List.of("wish")))
              && (act.equals("offer.others")
                  ? !ProductComparison.isMeasured(text, situation)
                  // 前两个比一比 is no question, and wants the offers compared all the same.
                  : compares || QUESTION.matcher(text).matches())
              && !isSearch(annotatedSentence, act)
              && !(act.equals("offer.price")
                  && (isAboutOtherDetail(annotatedSentence, situation)
                      || isForMore(annotatedSentence)));
      if (asks && act.equals("offer.distance")) {
        var elsewhere = placeElsewhere(annotatedSentence, situation);
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
                      ? OfferChoiceReader.compared(annotatedSentence, situation)
                      : OfferChoiceReader.mentioned(annotatedSentence, situation),
                  lang))
          : Optional.empty();
    }
    if (act.startsWith("order.")) {
      return isPurchase(act, annotatedSentence, situation)
          ? Optional.of(
              new Interpretation.OrderQuestion(
                  act,
                  act.equals(Interpretation.OrderQuestion.CANCELLATION)
                      ? cancelledNo(text)
                      : orderNo(text),
                  orderKind(annotatedSentence),
                  LATEST.matcher(text).find(),
                  lang))
          : Optional.empty();
    }
    // The agent can buy only from the list shown last; an earlier offer must be asked for again in
    // words.
    if (Set.of("earlier", "about.gift").contains(act) && situation.offers().isEmpty()) {
      return Optional.empty();
    }
    // Of two trains that were compared, "the earlier one" leaves first.
    if (act.equals("earlier")
        && situation.offers().stream().filter(ShownOffer::discussed).count() > 1) {
      return Optional.empty();
    }
    if (GENERAL.matcher(act).matches() && makesWish(act, annotatedSentence)) {
      return Optional.empty();
    }
    if (act.equals("rent") && namesKind(annotatedSentence)) {
      return Optional.empty();
    }
    if (act.equals("weather")
        && annotatedSentence.marks().stream().anyMatch(m -> m.meaning() instanceof KnownPlace)) {
      return Optional.empty();
    }
    if (act.equals("unanswered")) {
      // 明天去上海的票，要能带狗 is a wish with a condition, and no question.
      boolean asks = QUESTION.matcher(text).matches() && !ASKS_FOR_GOODS.matcher(text).find();
      if (!asks && makesWish(act, annotatedSentence)) {
        return Optional.empty();
      }
      return Optional.of(new Interpretation.OutOfScope(unanswered(situation, lang), lang));
    }
    return Optional.of(
        new Interpretation.OutOfScope(QuestionText.text("smalltalk." + act, lang), lang));
  }

  /** Returns whether goods are asked for besides: "how's it going? I'd love a teapot". */
  private static boolean asksFor(AnnotatedSentence annotatedSentence) {
    return ASKS_FOR.matcher(annotatedSentence.sentence().plain()).find();
  }

  /** Returns whether the sentence names what is sold here, or what is known not to be. */
  private static boolean namesKind(AnnotatedSentence annotatedSentence) {
    return annotatedSentence.marks().stream()
        .anyMatch(mark -> mark.meaning() instanceof Word word && OWN_TOPICS.contains(word.topic()));
  }

  /**
   * Returns whether a sentence with such words is a wish after all: "a lamp, without asking me".
   * Its unread words are named.
   */
  private static boolean makesWish(String act, AnnotatedSentence annotatedSentence) {
    boolean complains = act.equals("about.sorry");
    return annotatedSentence.marks().stream()
        .map(MeaningSpan::meaning)
        .anyMatch(
            meaning ->
                (meaning instanceof Day && !WITH_DAY.contains(act))
                    || (meaning instanceof KnownPlace && !act.equals("about.shipping"))
                    || (complains && !(meaning instanceof Word))
                    || (act.equals("about.shipping")
                        && meaning instanceof Word goods
                        && goods.topic() == Topic.KIND
                        && goods.value().equals("foreign"))
                    || (meaning instanceof Word word
                        && word.topic() == Topic.PRODUCT
                        && !(act.equals("about.chat") && !asksFor(annotatedSentence))
                        && !Set.of("about.notify", "about.returns", "about.sell").contains(act)));
  }

  /**
   * Returns whether the sentence is about a purchase. A day to come makes a wish, unless it is the
   * day to which a purchase is to be moved; with a wish open, "change my ticket" means that wish.
   */
  private static boolean isPurchase(
      String act, AnnotatedSentence annotatedSentence, Situation situation) {
    var text = annotatedSentence.sentence().plain();
    if (act.equals("order.change") || DROPS.matcher(text).find()) {
      return situation.wishes().isEmpty();
    }
    if (act.equals("order.spent") || act.equals(Interpretation.OrderQuestion.CANCELLATION)) {
      return true;
    }
    if (BOUGHT.matcher(text).find()) {
      return true;
    }
    var today = situation.now().toLocalDate();
    // "Where is my order now?" names no day to come.
    var firstToCome = act.equals("order.where") ? today.plusDays(1) : today;
    return annotatedSentence.marks().stream()
        .noneMatch(m -> m.meaning() instanceof Day day && !day.last().isBefore(firstToCome));
  }

  private static @Nullable MerchantKind orderKind(AnnotatedSentence annotatedSentence) {
    var text = annotatedSentence.sentence().plain();
    boolean goods =
        annotatedSentence.marks().stream()
            .anyMatch(m -> m.meaning() instanceof Word word && word.topic() == Topic.PRODUCT);
    return ORDER_KINDS.entrySet().stream()
        .filter(each -> each.getValue().matcher(text).find())
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(goods ? MerchantKind.SHOP : null);
  }

  private static @Nullable String cancelledNo(String text) {
    var matcher = CANCELLED_NO.matcher(text);
    return matcher.find() ? matcher.group(1).toUpperCase(Locale.ROOT) : null;
  }

  private static @Nullable String orderNo(String text) {
    var matcher = ORDER_NO.matcher(text);
    return matcher.find() ? matcher.group().toUpperCase(Locale.ROOT) : null;
  }

  /**
   * Returns whether the sentence starts a new search: it does with a day, and with a place unless
   * it asks for the distance to it.
   */
  private static boolean isSearch(AnnotatedSentence annotatedSentence, String act) {
    boolean place =
        annotatedSentence.marks().stream().anyMatch(m -> m.meaning() instanceof KnownPlace);
    return hasDay(annotatedSentence) || (place && !act.equals("offer.distance"));
  }

  /** Returns the place that a question names although the offers tell another place's distance. */
  private static Optional<String> placeElsewhere(
      AnnotatedSentence annotatedSentence, Situation situation) {
    var near =
        situation.wishes().stream()
            .flatMap(
                wish ->
                    wish instanceof HotelWish stay
                        ? Stream.ofNullable(stay.near())
                        : Stream.empty())
            .toList();
    return annotatedSentence.marks().stream()
        .flatMap(
            mark -> mark.meaning() instanceof KnownPlace place ? Stream.of(place) : Stream.empty())
        .filter(place -> place.places().stream().noneMatch(p -> near.contains(p.name().en())))
        .filter(place -> place.places().stream().noneMatch(p -> p.isCity()))
        .map(KnownPlace::words)
        .findFirst();
  }

  static boolean isQuestion(String text) {
    return QUESTION.matcher(text).matches() && !INDIFFERENT.matcher(text).find();
  }

  /** Says that the question cannot be answered; the offers on the screen stay as they are. */
  static String unanswered(Situation situation, Lang lang) {
    return QuestionText.text(
        situation.offers().isEmpty() ? "smalltalk.unanswered" : "smalltalk.unanswered_offer", lang);
  }

  private static boolean hasDay(AnnotatedSentence annotatedSentence) {
    return annotatedSentence.marks().stream().anyMatch(m -> m.meaning() instanceof Day);
  }
}
