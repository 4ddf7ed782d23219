package org.actsandbox.agent.language.understand;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.MeasureLimit;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.agent.language.ShownOffer;
import org.actsandbox.agent.language.Situation;
import org.actsandbox.agent.language.text.Sentence;
import org.actsandbox.agent.language.understand.draft.ShopDraft;
import org.actsandbox.protocol.commerce.MerchantKind;

/**
 * Reads a comparison with the product that was shown as a wish of its own: "bigger capacity" asks
 * for more milliampere-hours than those of its title, and "another colour" for none of its colours.
 */
final class ProductComparison {

  private static final Pattern MEASURE =
      Pattern.compile("(\\d+(?:\\.\\d+)?)(?: |-)?(mah|gb|ml|l|cm|m|w|inch|kg|g)\\b");

  /** Ours: a bigger one has at least a tenth more. */
  private static final BigDecimal STEP = new BigDecimal("0.1");

  private ProductComparison() {}

  /** Changes the wish by the comparison, and returns whether there was one. */
  static boolean apply(Sentence sentence, Situation situation, ShopDraft wish) {
    var shown = shown(situation);
    return shown.isPresent()
        && (isOtherColour(sentence, shown.get(), wish)
            || isMeasured(sentence, "bigger", shown.get(), wish, true)
            || isMeasured(sentence, "smaller", shown.get(), wish, false));
  }

  /** Returns whether "a bigger one" can be measured against the product that is shown. */
  static boolean isMeasured(String text, Situation situation) {
    return (Cues.KNOWN.occurs("bigger", text) || Cues.KNOWN.occurs("smaller", text))
        && shown(situation).flatMap(shown -> limit(shown, true)).isPresent();
  }

  private static Optional<ShownOffer> shown(Situation situation) {
    return situation.offers().stream()
        .filter(offer -> offer.kind() == MerchantKind.SHOP && offer.recommended())
        .findFirst();
  }

  private static boolean isOtherColour(Sentence sentence, ShownOffer shown, ShopDraft wish) {
    var words = Cues.KNOWN.anywhere("other colour", sentence.plain());
    var colours =
        Arrays.stream(shown.title().toLowerCase(Locale.ROOT).split("[^a-z]+", -1))
            .filter(ShopWish::isColour)
            .toList();
    if (colours.isEmpty() || !words.find()) {
      return false;
    }
    sentence.claim(words.start(), words.end());
    wish.features.removeIf(ShopWish::isColour);
    return wish.avoid.addAll(colours);
  }

  private static boolean isMeasured(
      Sentence sentence, String comparison, ShownOffer shown, ShopDraft wish, boolean more) {
    var words = Cues.KNOWN.anywhere(comparison, sentence.plain());
    var limit = words.find() ? limit(shown, more) : Optional.<String>empty();
    if (limit.isEmpty()) {
      return false;
    }
    sentence.claim(words.start(), words.end());
    var unit = limit.get().replaceFirst(".*\\d ?", "");
    wish.features.removeIf(feature -> feature.matches("(?:.* )?[\\d.]+ ?" + unit));
    return wish.features.add(limit.get());
  }

  private static Optional<String> limit(ShownOffer shown, boolean more) {
    var measure = MEASURE.matcher(shown.title().toLowerCase(Locale.ROOT));
    if (!measure.find()) {
      return Optional.empty();
    }
    var number = new BigDecimal(measure.group(1));
    var step = number.multiply(STEP);
    var bound = more ? number.add(step) : number.subtract(step);
    var rounded =
        bound
            .round(new MathContext(3, more ? RoundingMode.UP : RoundingMode.DOWN))
            .stripTrailingZeros()
            .toPlainString();
    return Optional.of(
        (more ? MeasureLimit.Bound.AT_LEAST : MeasureLimit.Bound.AT_MOST).words
            + rounded
            + measure.group(2));
  }
}
