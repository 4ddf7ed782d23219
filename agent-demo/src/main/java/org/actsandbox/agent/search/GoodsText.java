package org.actsandbox.agent.search;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.actsandbox.agent.language.MeasureLimit;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.agent.language.read.KnownWords;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.OfferDetails;

/** Compares what merchants write about goods with the words of a wish, in either language. */
public final class GoodsText {

  /** Goods for children come last unless they are wished; then they come first. */
  private static final Pattern FOR_CHILDREN =
      Pattern.compile(
          "儿童|小学生|宝宝|婴儿|小孩|孩子|书包|绘本|童书|\\b(?:child|kid|toddler|baby|school)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern UNIT_AFTER_BLANK =
      Pattern.compile("(?<=\\d) +(?=(?:mah|gb|tb|ml|l|cm|mm|m|w|kg|g|oz)\\b)");

  private GoodsText() {}

  static boolean isForChildren(ShopWish wish) {
    return FOR_CHILDREN.matcher(wish.terms() + " " + wish.features()).find();
  }

  static boolean isForChildren(Offer offer) {
    return FOR_CHILDREN.matcher(description(offer)).find();
  }

  /**
   * Returns what the offer does not mention of the goods that are wished: features, and the words
   * that describe them in their name, as 速溶 in 速溶咖啡.
   */
  static Stream<String> unmentioned(ShopWish wish, Offer offer) {
    return Stream.concat(
        KnownWords.describing(String.valueOf(wish.terms())).stream()
            .filter(words -> !mentions(offer, words)),
        wish.features().stream().filter(feature -> !hasFeature(offer, feature)));
  }

  /** Returns whether the offer mentions the feature of a wish, or one of those it leaves open. */
  static boolean hasFeature(Offer offer, String feature) {
    return feature.equals("kids")
        ? isForChildren(offer)
        : MeasureLimit.of(feature)
            .map(limit -> limit.isKeptBy(description(offer)).orElse(false))
            .orElseGet(
                () ->
                    ShopWish.alternatives(feature).stream()
                        .anyMatch(
                            each ->
                                mentions(offer, each)
                                    || mentions(offer, KnownWords.inChinese(each))));
  }

  /**
   * Returns whether the feature is a colour and the variant has only others; a brand called Blue
   * does not make a white shirt blue.
   */
  static boolean hasOtherColour(Offer offer, String feature) {
    if (!ShopWish.isColour(feature)) {
      return false;
    }
    var variant = ((OfferDetails.Shop) offer.details()).variant().en().toLowerCase(Locale.ROOT);
    var words = Arrays.asList(variant.split("[^a-z]+", -1));
    return words.stream().anyMatch(ShopWish::isColour)
        && ShopWish.alternatives(feature).stream().noneMatch(words::contains);
  }

  /** Returns whether title, variant or attributes have the words, in either language. */
  static boolean mentions(Offer offer, String words) {
    return mentions(description(offer), words);
  }

  /** Returns whether the offer has the feature by one of the names that the lexicon knows. */
  static boolean mentionsByAnyName(Offer offer, String feature) {
    return KnownWords.names(feature).stream().anyMatch(name -> mentions(offer, name));
  }

  static String description(Offer offer) {
    var text = offer.title().en() + " " + offer.title().zh();
    return offer.details() instanceof OfferDetails.Shop shop
        ? text + " " + shop.variant().en() + " " + shop.variant().zh() + " " + shop.attributes()
        : text;
  }

  /** Returns whether a text in either language, or in both, has all of the words. */
  public static boolean mentions(String description, String words) {
    var text = withJoinedUnits(description.toLowerCase(Locale.ROOT));
    var wanted = withJoinedUnits(words.toLowerCase(Locale.ROOT).replaceFirst("^size ", ""));
    return wanted.charAt(0) > 0x2E80
        ? text.contains(wanted)
        : Arrays.stream(wanted.split("[ -]+", -1))
            .allMatch(
                word ->
                    Pattern.compile("(?<![a-z0-9])" + Pattern.quote(singular(word)))
                        .matcher(text)
                        .find());
  }

  /** Writes "3 l" and "3l" alike. */
  private static String withJoinedUnits(String text) {
    return UNIT_AFTER_BLANK.matcher(text).replaceAll("");
  }

  private static String singular(String word) {
    return word.length() > 4 ? word.replaceFirst("e?s$", "") : word;
  }
}
