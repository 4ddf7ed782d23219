package org.actsandbox.agent.language.understand.draft;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.Budget;
import org.actsandbox.agent.language.Clarification.Reason;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.agent.language.read.AnnotatedSentence;
import org.actsandbox.agent.language.read.Meaning;
import org.actsandbox.agent.language.read.Meaning.Cost;
import org.actsandbox.agent.language.read.Meaning.Count;
import org.actsandbox.agent.language.read.Meaning.Day;
import org.actsandbox.agent.language.read.Meaning.Role;
import org.actsandbox.agent.language.read.Meaning.Scope;
import org.actsandbox.agent.language.read.Meaning.Unit;
import org.actsandbox.agent.language.read.Meaning.Word;
import org.actsandbox.agent.language.read.MeaningSpan;
import org.actsandbox.agent.language.read.Topic;
import org.actsandbox.agent.language.read.UnreadWords;
import org.actsandbox.agent.language.text.Numerals;
import org.jspecify.annotations.Nullable;

/** Fills a shop draft from the meanings and the free words of its segment. */
public final class ShopDraftFiller {

  private static final Set<String> SORTS = Set.of("cheapest", "fastest", "best");
  private static final Pattern NUMBER = Pattern.compile("[\\d.]+|" + Numerals.NUMBER);

  /** A bare number of this size beside shoes is their size. */
  private static final Pattern SHOE_SIZE = Pattern.compile("3[3-9]|4[0-9]");

  private static final int MAX_FEATURE = 24;
  private static final int MAX_FEATURES = 8;

  private static final Pattern NEGATED =
      Pattern.compile(
          "(?:不要?太?|别(?:给我|要|选|挑|拿|买|太|那么)?|不想要|不能|除了|(?<!有)没有?|\\b(?:not|no|without|except|but no|anything but|nothing|(?:is|are|do|does|must)n't)(?: too| be| have|"
              + " an?| the)?) ?$");

  /** Uses whose words mean nothing elsewhere: headphones for running. */
  private static final Pattern USE =
      Pattern.compile(
          "\\bfor (?:running|walking|driving|travel(?:l?ing)?|flying|sleeping|visiting)\\b"
              + "|\\bfor (?:the|my|our) (?:plane|flight|gym|garden|balcony|mountains|snow|beach)\\b"
              + "|\\bfor (?:up to |at least )?(?:"
              + Numerals.NUMBER
              + ") (?:people|persons?|players?|adults|kids|children|guests)\\b"
              + "|\\b(?:for|fits|works with) (?:an? |my |the |our )?(?:\\d\\d[- ]inch )?(?:iphones?|ipads?|macbooks?|macs?|laptops?|kindles?|android|samsung|galaxy|pixel)(?: (?:\\d{1,2}|pro|max|mini|air|plus|ultra))*\\b"
              + "|\\b(?:easy|safe|good|suitable|comfortable|nice) (?:to|for|on) (?:the |my )?[a-z]+\\b(?<! (?:the|my|me|us|a|an))");

  /** The size is a feature of its own. */
  private static final Pattern SIZED = Pattern.compile("\\d[- ]inch");

  static final Pattern SIZE =
      Pattern.compile(
          "\\bsize ([a-z]{1,4}|\\d{1,3})\\b|(?<![a-z])(xs|s|m|l|x{1,3}l|[2-5]xl)(?:码|号)|(?<=^|[\\p{IsHan}，,、])(xs|[sml]|x{1,3}l|[2-5]xl)(?=[，,、。的 ]?(?:\\p{IsHan}|$))|((?<!\\d)\\d{2,3}|[二三四]十[一二三四五六七八九]?) ?码");

  private static final Pattern BRAND =
      Pattern.compile(
          "\\b(?:[Bb]y|[Bb]rand) (\\p{Lu}[\\w-]+)|\\b([A-Z][\\w-]+)"
              + " brand\\b|([\\p{IsHan}A-Za-z]{2,6})牌(?!子)");

  /** "Before Wednesday" is Tuesday at the latest, while 周三前 includes that day. */
  private static final Pattern BEFORE_THAT_DAY = Pattern.compile("\\bbefore (?:the )?$");

  private static final Pattern ABOUT_BEFORE = Pattern.compile("\\b(?:about|on|of)(?: the)? $");
  private static final Pattern OR_BEFORE = Pattern.compile("(?:\\bor(?: an?)? ?|或者?是?|还是)$");

  /** "The three cheapest umbrellas" and 最便宜的三把 are to be shown, and not three of one sort. */
  private static final Pattern SEVERAL_BEFORE =
      Pattern.compile("\\bthe (?:top )?(" + Numerals.NUMBER + ") $");

  private static final Pattern SEVERAL_AFTER =
      Pattern.compile("^的(" + Numerals.NUMBER + ")[个把件条只双款种本支台盏顶副]");

  private final ShopDraft draft = new ShopDraft();

  /** Counts the offers that the list begins with; 0 if the sentence does not say it. */
  private int several;

  private final AnnotatedSentence annotatedSentence;
  private final FeatureReader featureReader;

  private final Segment segment;
  private final DraftFindings draftFindings;

  private ShopDraftFiller(
      Segment segment, AnnotatedSentence annotatedSentence, DraftFindings draftFindings) {
    this.segment = segment;
    this.annotatedSentence = annotatedSentence;
    this.draftFindings = draftFindings;
    this.featureReader = new FeatureReader(segment, annotatedSentence, draft);
  }

  public static ShopDraft fill(
      Segment segment, AnnotatedSentence annotatedSentence, DraftFindings draftFindings) {
    var filler = new ShopDraftFiller(segment, annotatedSentence, draftFindings);
    segment.meaningSpans.forEach(filler::readSeveral);
    segment.meaningSpans.forEach(filler::readMeaning);
    for (int[] stretch : segment.stretches) {
      filler.readFeaturesAndBrand(stretch[0], stretch[1]);
    }
    new ProductNameReader(segment, annotatedSentence, filler.draft, filler::quantity).read();
    filler.addUnreadWords();
    return filler.draft;
  }

  private void readMeaning(MeaningSpan meaningSpan) {
    switch (meaningSpan.meaning()) {
      case Word word -> word(word, meaningSpan);
      case Count count -> {
        if ((count.unit() == Unit.PIECES
                || count.unit() == Unit.TICKETS
                || count.unit() == Unit.ANY)
            && !featureReader.isCountOfColour(count.number(), meaningSpan)) {
          quantity(count.number());
        }
      }
      case Cost cost -> cost(cost);
      case Day day ->
          draft.deliverBy =
              BEFORE_THAT_DAY
                      .matcher(
                          annotatedSentence.sentence().plain().substring(0, meaningSpan.start()))
                      .find()
                  ? day.last().minusDays(1)
                  : day.last();
      case Meaning.InvalidDay bad ->
          draftFindings.addClarification("deliver_by", bad.reason(), bad.words());
      case Meaning.UnknownPlace unknownPlace -> {
        if (unknownPlace.role() == Role.FROM && draft.brand == null) {
          draft.brand = unknownPlace.words();
        }
      }
      default -> {}
    }
  }

  private void word(Word word, MeaningSpan meaningSpan) {
    if (word.negated()) {
      if (word.topic() == Topic.FEATURE) {
        draft.avoid.add(word.value());
      } else if (word.topic() == Topic.PRODUCT) {
        draft.avoid.add(word.words());
      }
      return;
    }
    switch (word.topic()) {
      case FEATURE -> featureReader.add(word.value(), meaningSpan);
      case BRAND -> draft.brand = word.value();
      case SORT -> {
        // The earliest delivery is the fastest.
        var order = word.value().equals("earliest") ? "fastest" : word.value();
        draft.sort = SORTS.contains(order) ? draftFindings.order(draft.sort, order) : draft.sort;
        if (word.value().equals("quietest")) {
          // Quiet goods are called silent.
          featureReader.add("silent", meaningSpan);
        }
      }
      default -> {}
    }
  }

  /** Reads how many of the first offers of an order are wanted. */
  private void readSeveral(MeaningSpan span) {
    if (!(span.meaning() instanceof Word word)
        || word.topic() != Topic.SORT
        || word.negated()
        || !SORTS.contains(word.value())) {
      return;
    }
    var sentence = annotatedSentence.sentence();
    var before = SEVERAL_BEFORE.matcher(sentence.plain().substring(0, span.start()));
    var after = SEVERAL_AFTER.matcher(sentence.plain().substring(span.end()));
    boolean led = before.find();
    if (led || after.find()) {
      several = Numerals.whole(led ? before.group(1) : after.group(1)).orElse(0);
      if (led) {
        sentence.use(before.start(1), before.end(1));
      }
      draftFindings.assume("assumed.several", Integer.toString(several));
    }
  }

  private void quantity(int number) {
    if (number == several) {
      return;
    }
    draft.quantity = number;
    if (number < 1 || number > WishCheck.MAX_PIECES) {
      draftFindings.addClarification("quantity", Reason.IMPOSSIBLE, Integer.toString(number));
    }
  }

  private void cost(Cost cost) {
    if (cost.scope() == Scope.TOTAL) {
      draftFindings.budget = Budget.of(cost.max());
    } else {
      draft.maxPrice = cost.max().decimal();
      draft.minPrice = cost.min() == null ? null : cost.min().decimal();
    }
    if (cost.max().isZero()) {
      draftFindings.addClarification("budget", Reason.IMPOSSIBLE, cost.max().decimal());
    }
  }

  private void readFeaturesAndBrand(int start, int end) {
    var part = annotatedSentence.sentence().plain().substring(start, end);
    for (var measure : ProductMeasure.in(part)) {
      draft.features.add(measure.feature());
      annotatedSentence.sentence().use(start + measure.start(), start + measure.end());
    }
    var sizes = SIZE.matcher(part);
    while (sizes.find()) {
      var size = firstOf(sizes);
      draft.features.add("size " + Numerals.whole(size).map(String::valueOf).orElse(size));
      annotatedSentence.sentence().use(start + sizes.start(), start + sizes.end());
    }
    var uses = USE.matcher(part);
    while (uses.find()) {
      if (!SIZED.matcher(uses.group()).find()) {
        draft.features.add(uses.group());
      }
      annotatedSentence.sentence().use(start + uses.start(), start + uses.end());
    }
    var brands = BRAND.matcher(annotatedSentence.sentence().original()).region(start, end);
    if (draft.brand == null
        && brands.find()
        && annotatedSentence.sentence().isFree(brands.end() - 1, brands.end())) {
      draft.brand = firstOf(brands);
      annotatedSentence.sentence().use(brands.start(), brands.end());
    }
  }

  private static String firstOf(Matcher matcher) {
    for (int group = 1; group <= matcher.groupCount(); group++) {
      if (matcher.group(group) != null) {
        return matcher.group(group);
      }
    }
    throw new IllegalStateException("no group in " + matcher);
  }

  /** Returns the letter of a size of clothes that is said as a word. */
  private static @Nullable String sizeLetter(String words) {
    return switch (words.toLowerCase(Locale.ROOT)) {
      case "small" -> "s";
      case "medium" -> "m";
      case "large" -> "l";
      case "extra large" -> "xl";
      default -> null;
    };
  }

  /**
   * Takes unread words as features of the product. A merchant whose goods have them follows them,
   * and an offer that does not mention them says so.
   */
  private void addUnreadWords() {
    if (draft.terms == null) {
      return;
    }
    for (int[] stretch : segment.stretches) {
      for (var words : UnreadWords.in(annotatedSentence.sentence(), stretch[0], stretch[1])) {
        var letter = "clothing".equals(draft.category) ? sizeLetter(words.words()) : null;
        if (letter != null) {
          annotatedSentence.sentence().use(words.start(), words.end());
          draft.features.add("size " + letter);
          continue;
        }
        if ("shoes".equals(draft.category) && SHOE_SIZE.matcher(words.words()).matches()) {
          annotatedSentence.sentence().use(words.start(), words.end());
          draft.features.add("size " + words.words());
          continue;
        }
        boolean fits =
            !NUMBER.matcher(words.words().toLowerCase(Locale.ROOT)).matches()
                && words.words().length() <= MAX_FEATURE
                && draft.features.size() < MAX_FEATURES;
        if (fits) {
          annotatedSentence.sentence().use(words.start(), words.end());
          var before = annotatedSentence.sentence().plain().substring(0, words.start());
          var feature =
              annotatedSentence
                  .sentence()
                  .simplified(words.start(), words.end())
                  .toLowerCase(Locale.ROOT)
                  .replaceFirst("^[带有](?=\\p{IsHan})", "");
          if ("books".equals(draft.category) && ABOUT_BEFORE.matcher(before).find()) {
            // A book about something else is no answer, so that the shops must know these words.
            draft.terms += " about " + feature;
          } else if (!draft.features.isEmpty() && OR_BEFORE.matcher(before).find()) {
            var first = List.copyOf(draft.features).getLast();
            draft.features.remove(first);
            draft.features.add(first + ShopWish.OR + feature);
          } else {
            (NEGATED.matcher(before).find() ? draft.avoid : draft.features).add(feature);
          }
        }
      }
    }
  }
}
