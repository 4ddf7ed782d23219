package org.actsandbox.agent.language.understand.draft;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.actsandbox.agent.language.read.AnnotatedSentence;
import org.actsandbox.agent.language.read.Meaning.Unit;
import org.actsandbox.agent.language.read.Topic;
import org.actsandbox.agent.language.read.UnreadWords;

/** Finds products that no vocabulary knows: the words that follow a word of buying. */
public final class UnlistedProductReader {

  /** A product and its position. */
  public record Product(int start, int end, String words) {}

  private static final char CLAIMED = '\u25a1';

  private static final Pattern COUNTED =
      Pattern.compile("(?:^|[,，。;；、]|和|跟|再来|还有|外加) ?(\\p{IsHan}{2,6})(?=□)");

  /** 六个玻璃杯 names goods without a word of buying. */
  private static final Pattern COUNTED_BEFORE =
      Pattern.compile("(?<=(?:^|[,，。和跟加] ?)□{1,4})的?(\\p{IsHan}{2,6}?)(?=吧?[，,。.！!？? ]|吧?$)");

  private static final Set<String> NON_PRODUCTS = Set.copyOf(Details.KNOWN.part("not goods"));

  private UnlistedProductReader() {}

  public static List<Product> find(AnnotatedSentence annotated) {
    var products = new ArrayList<Product>();
    var rest = annotated.sentence().unclaimedText(CLAIMED);
    for (var name : List.of("bought goods", "bought goods zh", "goods asked for")) {
      var matcher = Details.KNOWN.anywhere(name, rest);
      while (matcher.find()) {
        int start = matcher.start(1);
        int end = matcher.end(1);
        if (isProduct(matcher.group(1)) && !describesNext(annotated, end) && products.size() < 12) {
          var words = annotated.sentence().simplified(start, end);
          products.add(new Product(start, end, words));
        }
      }
    }
    findCounted(annotated).stream()
        .filter(
            counted ->
                products.stream()
                    .noneMatch(
                        each -> each.start() < counted.end() && counted.start() < each.end()))
        .forEach(products::add);
    return products;
  }

  /** Finds the products of a list that are followed by their count: 红酒两瓶, 五号电池四节. */
  public static List<Product> findCounted(AnnotatedSentence annotated) {
    var products = new ArrayList<Product>();
    var rest = annotated.sentence().unclaimedText(CLAIMED);
    if (annotated.any(mark -> mark.counts(Unit.PIECES))) {
      addCounted(COUNTED, annotated, rest, products);
      addCounted(COUNTED_BEFORE, annotated, rest, products);
    }
    var added = Details.KNOWN.anywhere("added goods", rest);
    while (added.find()) {
      if (isNameOfGoods(added.group(1))) {
        products.add(
            new Product(
                added.start(1),
                added.end(1),
                annotated.sentence().simplified(added.start(1), added.end(1))));
      }
    }
    return products;
  }

  private static boolean isNameOfGoods(String words) {
    return isProduct(words)
        && !Details.KNOWN.fits("part of other goods", words)
        && Arrays.stream(words.split(" ", -1)).noneMatch(UnreadWords::isFiller);
  }

  private static void addCounted(
      Pattern pattern, AnnotatedSentence annotated, String rest, List<Product> products) {
    var matcher = pattern.matcher(rest);
    while (matcher.find()) {
      int start = matcher.start(1);
      int end = matcher.end(1);
      boolean counted =
          annotated.any(
              mark ->
                  (pattern.equals(COUNTED) ? mark.start() == end : mark.end() == matcher.start())
                      && mark.counts(Unit.PIECES));
      if (counted && isProduct(matcher.group(1)) && !UnreadWords.isFiller(matcher.group(1))) {
        products.add(new Product(start, end, annotated.sentence().simplified(start, end)));
      }
    }
  }

  private static boolean isProduct(String words) {
    if (words.charAt(0) > 0x2E80) {
      boolean isParticle = words.length() == 1 && UnreadWords.isFiller(words);
      return !isParticle && !Details.KNOWN.fits("no goods", words);
    }
    var content =
        Arrays.stream(words.split(" ", -1))
            .filter(w -> !NON_PRODUCTS.contains(w))
            .collect(Collectors.toSet());
    return !content.isEmpty() && !NON_PRODUCTS.contains(words.split(" ", -1)[0]);
  }

  /** Returns whether the words describe a known product right behind them. */
  private static boolean describesNext(AnnotatedSentence annotated, int end) {
    boolean joined = annotated.text().startsWith("的", end);
    int reach = joined ? 10 : 2;
    return annotated.marks().stream()
        .filter(m -> m.start() >= end && m.start() <= end + reach)
        .anyMatch(
            m -> m.isWord(Topic.PRODUCT, Topic.KIND, Topic.SEAT, Topic.CLASS, Topic.TRAINTYPE));
  }
}
