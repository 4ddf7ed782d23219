package org.actsandbox.agent.language.understand.draft;

import java.util.Optional;
import java.util.regex.Pattern;
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

  /** Words between two features of which one suffices, as in "black or white". */
  private static final Pattern ALTERNATIVE =
      Pattern.compile(
          " ?(?:or|,? or|或者?是?|还是|,|，|、|/)?(?:(?:要是|如果)?没有?(?:了|的话|就|有)*[,，]?)? ?(?:an?|the)? ?");

  private static final String OF_THEM =
      "(?: of (?:them|these|those|which))?(?: ?(?:in|is|should be|must be|to be|要|是|要是|得是))? ?";

  private static final Pattern PART = Pattern.compile("[a-z0-9]+ of (?:them|these|those|which)\\b");
  private static final Pattern BEFORE_COLOUR = Pattern.compile(OF_THEM);

  private static final Pattern COUNT_BEFORE =
      Pattern.compile(
          "(?:^|[^a-z0-9])(an?|"
              + Numerals.NUMBER
              + ")(?:个|把|件|条|只|双|顶|本|支|款|台|部|套)?"
              + OF_THEM
              + "$");

  /** 白色台灯一个: the count may follow the noun. */
  private static final Pattern COUNT_BEHIND =
      Pattern.compile(
          "^的?\\p{IsHan}{1,5}?("
              + Numerals.NUMBER
              + ")[个把件条只双顶本支款台部套盏副](?![\\p{IsHan}&&[^，。和跟加还再]])");

  private static final Pattern ANY_OF_THEM =
      Pattern.compile(
          " ?的?(?:[都也](?:行|可以|好|成|可)|均可|皆可|(?:is|are) (?:both )?(?:fine|ok|okay)|either).*");

  private final Segment segment;
  private final AnnotatedSentence annotatedSentence;
  private final ShopDraft draft;
  private @Nullable MeaningSpan lastFeature;

  FeatureReader(Segment segment, AnnotatedSentence annotatedSentence, ShopDraft draft) {
    this.segment = segment;
    this.annotatedSentence = annotatedSentence;
    this.draft = draft;
  }

  /** Returns whether only some of the pieces have the colour that follows: 两件，一件白的. */
  boolean isCountOfColour(int number, MeaningSpan count) {
    var text = annotatedSentence.sentence().plain();
    boolean ofThem = PART.matcher(text.substring(count.start())).lookingAt();
    return (ofThem || (draft.quantity != null && number < draft.quantity))
        && segment.meaningSpans.stream()
            .filter(FeatureReader::isColour)
            .filter(colour -> colour.start() >= count.end())
            .anyMatch(
                colour ->
                    BEFORE_COLOUR.matcher(text.substring(count.end(), colour.start())).matches());
  }

  /** Adds a feature, or joins it to the one before if one of the two suffices. */
  void add(String feature, MeaningSpan meaningSpan) {
    var before = lastFeature;
    lastFeature = meaningSpan;
    if (before != null && before.meaning() instanceof Word word && isChoice(before, meaningSpan)) {
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
    if (isColour(meaningSpan)) {
      var text = annotatedSentence.sentence().plain().substring(0, meaningSpan.start());
      var count = COUNT_BEFORE.matcher(text);
      var behind =
          COUNT_BEHIND.matcher(annotatedSentence.sentence().plain().substring(meaningSpan.end()));
      boolean led = count.find();
      if (led || behind.find()) {
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
    var text = annotatedSentence.sentence().plain();
    var between = text.substring(first.end(), second.start());
    if (!ALTERNATIVE.matcher(between).matches()) {
      return false;
    }
    return between.matches(".*(?:\\bor\\b|或|还是|/).*")
        || (isColour(first)
            && isColour(second)
            && ANY_OF_THEM.matcher(text.substring(second.end())).matches());
  }

  private static boolean isColour(MeaningSpan meaningSpan) {
    return meaningSpan.meaning() instanceof Word word && ShopWish.isColour(word.value());
  }
}
