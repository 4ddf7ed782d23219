package org.actsandbox.agent.language.understand.draft;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.agent.language.read.AnnotatedSentence;
import org.actsandbox.agent.language.read.Meaning;
import org.actsandbox.agent.language.read.Meaning.Cost;
import org.actsandbox.agent.language.read.Meaning.Count;
import org.actsandbox.agent.language.read.Meaning.Day;
import org.actsandbox.agent.language.read.Meaning.Role;
import org.actsandbox.agent.language.read.Meaning.Unit;
import org.actsandbox.agent.language.read.Meaning.Word;
import org.actsandbox.agent.language.read.MeaningSpan;
import org.actsandbox.agent.language.read.RuleFile;
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

  private final ShopDraft draft = new ShopDraft();

  /** Counts the offers that the list begins with; 0 if the sentence does not say it. */
  private int several;

  private final AnnotatedSentence annotated;
  private final FeatureReader featureReader;

  private final Segment segment;
  private final DraftFindings findings;

  private ShopDraftFiller(Segment segment, AnnotatedSentence annotated, DraftFindings findings) {
    this.segment = segment;
    this.annotated = annotated;
    this.findings = findings;
    this.featureReader = new FeatureReader(segment, annotated, draft);
  }

  public static ShopDraft fill(
      Segment segment, AnnotatedSentence annotated, DraftFindings findings) {
    var filler = new ShopDraftFiller(segment, annotated, findings);
    segment.spans.forEach(filler::readSeveral);
    segment.spans.forEach(filler::readMeaning);
    for (int[] stretch : segment.stretches) {
      filler.readFeaturesAndBrand(stretch[0], stretch[1]);
    }
    new ProductNameReader(segment, annotated, filler.draft, filler::quantity).read();
    filler.addUnreadWords();
    return filler.draft;
  }

  private void readMeaning(MeaningSpan span) {
    switch (span.meaning()) {
      case Word word -> word(word, span);
      case Count count -> {
        if (Set.of(Unit.PIECES, Unit.TICKETS, Unit.ANY).contains(count.unit())
            && !featureReader.isCountOfColour(count.number(), span)) {
          quantity(count.number());
        }
      }
      case Cost cost -> cost(cost);
      case Day day ->
          draft.deliverBy =
              Details.KNOWN.precedes("before that day", annotated.text(), span.start())
                  ? day.last().minusDays(1)
                  : day.last();
      case Meaning.InvalidDay bad -> findings.ask("deliver_by", bad.reason(), bad.words());
      case Meaning.UnknownPlace unknownPlace -> {
        if (unknownPlace.role() == Role.FROM && draft.brand == null) {
          draft.brand = unknownPlace.words();
        }
      }
      default -> {}
    }
  }

  private void word(Word word, MeaningSpan span) {
    if (word.negated()) {
      if (word.topic() == Topic.FEATURE || word.topic() == Topic.BRAND) {
        draft.avoid.add(word.value());
      } else if (word.topic() == Topic.PRODUCT) {
        draft.avoid.add(word.words());
      }
      return;
    }
    switch (word.topic()) {
      case FEATURE -> featureReader.add(word.value(), span);
      case BRAND -> draft.brand = word.value();
      case SORT -> {
        // The earliest delivery is the fastest.
        var order = word.value().equals("earliest") ? "fastest" : word.value();
        draft.sort = SORTS.contains(order) ? findings.order(draft.sort, order) : draft.sort;
        if (word.value().equals("quietest")) {
          // Quiet goods are called silent.
          featureReader.add("silent", span);
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
    int number = findings.several(annotated.sentence(), span);
    several = number > 0 ? number : several;
  }

  private void quantity(int number) {
    if (number == several) {
      return;
    }

    draft.quantity = findings.counted("quantity", number, WishCheck.MAX_PIECES);
  }

  private void cost(Cost cost) {

    if (!findings.isBudget(cost)) {
      draft.maxPrice = cost.max().decimal();
      draft.minPrice = cost.min() == null ? null : cost.min().decimal();
    }
  }

  private void readFeaturesAndBrand(int start, int end) {
    var part = annotated.text().substring(start, end);
    for (var measure : ProductMeasure.in(part)) {
      draft.features.add(measure.feature());
      annotated.use(start + measure.start(), start + measure.end());
    }
    var sizes = Details.KNOWN.anywhere("size", part);
    while (sizes.find()) {
      var size = RuleFile.captured(sizes).getFirst();
      draft.features.add("size " + Numerals.whole(size).map(String::valueOf).orElse(size));
      annotated.use(start + sizes.start(), start + sizes.end());
    }
    var uses = Details.KNOWN.anywhere("use", part);
    while (uses.find()) {
      if (!Details.KNOWN.occurs("sized", uses.group())) {
        draft.features.add(uses.group());
      }
      annotated.use(start + uses.start(), start + uses.end());
    }
    var brands =
        Details.KNOWN.anywhere("brand", annotated.sentence().original()).region(start, end);
    if (draft.brand == null
        && brands.find()
        && annotated.sentence().isFree(brands.end() - 1, brands.end())) {
      draft.brand = RuleFile.captured(brands).getFirst();
      annotated.use(brands.start(), brands.end());
    }
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
      for (var words : UnreadWords.in(annotated.sentence(), stretch[0], stretch[1])) {
        var letter = "clothing".equals(draft.category) ? sizeLetter(words.words()) : null;
        if (letter != null) {
          annotated.use(words.start(), words.end());
          draft.features.add("size " + letter);
          continue;
        }
        if ("shoes".equals(draft.category) && SHOE_SIZE.matcher(words.words()).matches()) {
          annotated.use(words.start(), words.end());
          draft.features.add("size " + words.words());
          continue;
        }
        boolean fits =
            !NUMBER.matcher(words.words().toLowerCase(Locale.ROOT)).matches()
                && words.words().length() <= MAX_FEATURE
                && draft.features.size() < MAX_FEATURES;
        if (fits) {
          annotated.use(words.start(), words.end());

          var text = annotated.text();
          var feature =
              annotated
                  .sentence()
                  .simplified(words.start(), words.end())
                  .toLowerCase(Locale.ROOT)
                  .replaceFirst("^[带有](?=\\p{IsHan})", "");
          if ("books".equals(draft.category)
              && Details.KNOWN.precedes("about", text, words.start())) {
            // A book about something else is no answer, so that the shops must know these words.
            draft.terms += " about " + feature;
          } else if (!draft.features.isEmpty()
              && Details.KNOWN.precedes("or", text, words.start())) {
            var first = List.copyOf(draft.features).getLast();
            draft.features.remove(first);
            draft.features.add(first + ShopWish.OR + feature);
          } else {
            (Details.KNOWN.precedes("not", text, words.start()) ? draft.avoid : draft.features)
                .add(feature);
          }
        }
      }
    }
  }
}
