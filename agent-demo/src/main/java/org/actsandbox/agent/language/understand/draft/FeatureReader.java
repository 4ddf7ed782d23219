package org.actsandbox.agent.language.understand.draft;

import java.util.Optional;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.agent.language.read.AnnotatedSentence;
import org.actsandbox.agent.language.read.Meaning.Word;
import org.actsandbox.agent.language.read.MeaningSpan;
import org.actsandbox.agent.language.text.Numerals;
import org.jspecify.annotations.Nullable;

/**
 * Reads the features that goods shall have: some of which one suffices, and colours of which each
 * is for a number of pieces.
 */
final class FeatureReader {

  private final Segment segment;
  private final AnnotatedSentence annotated;
  private final ShopDraft draft;
  private @Nullable MeaningSpan lastFeature;

  FeatureReader(Segment segment, AnnotatedSentence annotated, ShopDraft draft) {
    this.segment = segment;
    this.annotated = annotated;
    this.draft = draft;
  }

  /** Returns whether only some of the pieces have the colour that follows: 两件，一件白的. */
  boolean isCountOfColour(int number, MeaningSpan count) {
    var text = annotated.text();
    boolean ofThem = Details.KNOWN.follows("some of them", text, count.start());
    return (ofThem || (draft.quantity != null && number < draft.quantity))
        && segment.spans.stream()
            .filter(FeatureReader::isColour)
            .filter(colour -> colour.start() >= count.end())
            .anyMatch(
                colour ->
                    Details.KNOWN.fits(
                        "before the colour", text.substring(count.end(), colour.start())));
  }

  /** Adds a feature, or joins it to the one before if one of the two suffices. */
  void add(String feature, MeaningSpan span) {
    var before = lastFeature;
    lastFeature = span;
    if (before != null && before.meaning() instanceof Word word && isChoice(before, span)) {
      var choice =
          draft.features.stream()
              .filter(each -> ShopWish.alternatives(each).contains(word.value()))
              .findFirst();
      if (choice.isPresent()) {
        draft.features.remove(choice.get());
        draft.features.add(choice.get() + ShopWish.OR + feature);
        return;
      }
    }
    draft.features.add(feature);
    if (isColour(span)) {
      var text = annotated.text();
      var count = Details.KNOWN.before("number of the colour", text, span.start());
      var behind = Details.KNOWN.after("number of the colour", annotated.text(), span.end());
      boolean led = count.find();
      if (led || behind.lookingAt()) {
        var words = led ? count.group(1) : behind.group(1);
        (words.startsWith("a") ? Optional.of(1) : Numerals.whole(words))
            .ifPresent(number -> draft.piecesByColour.put(feature, number));
      }
    }
  }

  /** Returns whether "or" stands between the features, or 都行 after a list of colours. */
  private boolean isChoice(MeaningSpan first, MeaningSpan second) {
    if (second.start() < first.end()) {
      return false;
    }
    var text = annotated.text();
    var between = text.substring(first.end(), second.start());
    if (!Details.KNOWN.fits("between alternatives", between)) {
      return false;
    }
    return between.matches(".*(?:\\bor\\b|或|还是|/).*")
        || (isColour(first)
            && isColour(second)
            && Details.KNOWN.after("any of them", text, second.end()).matches());
  }

  private static boolean isColour(MeaningSpan span) {
    return span.meaning() instanceof Word word && ShopWish.isColour(word.value());
  }
}
