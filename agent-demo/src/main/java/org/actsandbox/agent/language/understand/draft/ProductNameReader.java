package org.actsandbox.agent.language.understand.draft;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.read.AnnotatedSentence;
import org.actsandbox.agent.language.read.Meaning.Word;
import org.actsandbox.agent.language.read.MeaningSpan;
import org.actsandbox.agent.language.read.RuleFile.Rule;
import org.actsandbox.agent.language.read.Topic;
import org.actsandbox.agent.language.read.UnreadWords;
import org.actsandbox.agent.language.text.Numerals;

/** Reads which goods are wished, in the principal's words, and how many. */
final class ProductNameReader {

  private static final char CLAIMED = '\u25a1';

  private static final Set<String> FUNCTION_WORDS =
      Set.copyOf(Details.KNOWN.part("function words"));

  private static final Pattern PART_OF_GOODS = Pattern.compile("的(?=\\p{IsHan})");

  private final Segment segment;
  private final AnnotatedSentence annotated;
  private final ShopDraft draft;
  private final IntConsumer quantity;
  private final String rest;

  /**
   * @param quantity takes the number of pieces that stands before the goods
   */
  ProductNameReader(
      Segment segment, AnnotatedSentence annotated, ShopDraft draft, IntConsumer quantity) {
    this.segment = segment;
    this.annotated = annotated;
    this.draft = draft;
    this.quantity = quantity;
    this.rest = withoutMeasures(annotated.sentence().unclaimedText(CLAIMED));
  }

  /** Removes sizes and capacities, which are features and not part of the product's name. */
  private static String withoutMeasures(String rest) {
    var unclaimed = rest;
    for (var name : List.of("measure", "size")) {
      unclaimed =
          Details.KNOWN
              .anywhere(name, unclaimed)
              .replaceAll(m -> Character.toString(CLAIMED).repeat(m.group().length()));
    }
    return unclaimed;
  }

  /** Reads the product in the principal's words, with the words that describe it right before. */
  void read() {
    var products = new ArrayList<MeaningSpan>();
    for (var span : segment.spans) {
      if (span.meaning() instanceof Word word
          && word.topic() == Topic.PRODUCT
          && !word.negated()
          && !isPart(span)
          && !isUse(products, span)) {
        products.add(span);
        draft.category = word.value();
      }
    }
    if (!products.isEmpty() && isPurpose(products.getFirst())) {
      return;
    }
    if (products.isEmpty()) {
      readUnlistedProduct();
      return;
    }
    var plain = annotated.text();
    var first = products.getFirst();
    if (products.size() > 1
        && Details.isGroup(plain.substring(first.start(), first.end()))
        && plain
            .substring(first.end(), products.get(1).start())
            .matches(" ?[,，、：:] ?(?:an? |some )?")) {
      products.removeFirst();
    }
    int start = products.getFirst().start();
    int end = products.getLast().end();
    boolean joined = end - start <= 40;
    var words = annotated.sentence().simplified(start, joined ? end : products.getFirst().end());
    var head = joined ? head(end) : "";
    if (!head.isEmpty()) {
      // A coffee grinder is no coffee: the shops must know the whole name.
      words += head;
      annotated.use(end, end + head.length());
      draft.category = null;
    }
    var described = describingWords(start);
    annotated.use(start - described.length(), joined ? end : start);
    draft.terms =
        goodsByUse(words.toLowerCase(Locale.ROOT)).orElse(described + withoutArticle(words));
    if (draft.terms.matches(".*(?:儿童|孩子|[Cc]hild|[Kk]id).*")) {
      draft.features.remove("kids");
    }
    readCountBefore(start);
  }

  /** Returns whether the product only says what the one before it is for. */
  private boolean isUse(List<MeaningSpan> before, MeaningSpan product) {
    if (before.isEmpty() || before.getLast().end() > product.start()) {
      return false;
    }
    var text = annotated.text();
    var between = text.substring(before.getLast().end(), product.start());
    boolean isPart = Details.isPart(between);
    if (isPart) {
      draft.features.add(product.in(text));
    }
    return isPart || Details.isUse(between);
  }

  /** Takes 夜灯 in 带夜灯的闹钟 as a feature, and returns whether it is one. */
  private boolean isPart(MeaningSpan product) {
    var text = annotated.text();
    boolean part =
        product.start() > 0
            && "带有配".indexOf(text.charAt(product.start() - 1)) >= 0
            && PART_OF_GOODS.matcher(text.substring(product.end())).lookingAt();
    if (part) {
      draft.features.add(text.substring(product.start(), product.end()));
    }
    return part;
  }

  /**
   * Returns whether the product is what the wanted thing is for: "something to keep coffee warm".
   */
  private boolean isPurpose(MeaningSpan product) {
    return Details.KNOWN.occurs("purpose", annotated.text().substring(0, product.start()));
  }

  /** Returns the unread noun behind the goods that makes other goods of them; empty without one. */
  private String head(int end) {
    var noun = Details.KNOWN.after("head of the goods", rest, end);
    return noun.lookingAt() && !UnreadWords.isFiller(noun.group(1)) ? noun.group() : "";
  }

  private void readUnlistedProduct() {
    for (var product : UnlistedProductReader.find(annotated)) {
      boolean here =
          segment.stretches.stream()
              .anyMatch(s -> product.start() >= s[0] && product.start() < s[1]);
      if (here && draft.terms == null) {
        draft.terms = withoutArticle(product.words());
        annotated.use(product.start(), product.end());
        readCountBefore(product.start());
      }
    }
  }

  /** Returns the name under which shops know what serves a use. */
  private static Optional<String> goodsByUse(String words) {
    return Details.KNOWN.lines().stream()
        .filter(line -> line.kind().equals("goods"))
        .filter(line -> line.pattern().whole().matcher(words).matches())
        .map(Rule::argument)
        .findFirst();
  }

  private static String withoutArticle(String words) {
    return words.replaceFirst("^(?i)(?:an?|the) ", "").strip();
  }

  /** Returns the unread words right before the product: 日式茶壶, "bamboo toothbrush". */
  private String describingWords(int start) {
    var before = rest.substring(0, start);
    if (annotated.text().charAt(start) > 0x2E80) {
      var matcher = Pattern.compile("(\\p{IsHan}{1,12})$").matcher(before);
      if (!matcher.find()) {
        return "";
      }
      var words = Details.KNOWN.anywhere("not describing", matcher.group(1)).replaceFirst("");
      return words.length() <= 4 ? words : "";
    }
    var matcher = Pattern.compile("((?:[a-z'-]+ ){1,2})$").matcher(before);
    if (!matcher.find()) {
      return "";
    }
    List<String> words = new ArrayList<>(Arrays.asList(matcher.group(1).strip().split(" ", -1)));
    int lastFunctionWord = words.stream().map(FUNCTION_WORDS::contains).toList().lastIndexOf(true);
    var kept = words.subList(lastFunctionWord + 1, words.size());
    return kept.isEmpty() ? "" : String.join(" ", kept).toLowerCase(Locale.ROOT) + " ";
  }

  private void readCountBefore(int start) {
    int from =
        segment.stretches.stream().mapToInt(s -> s[0]).filter(s -> s <= start).max().orElse(0);
    var before =
        Details.KNOWN.before("number of the goods", rest.substring(from, start), start - from);
    if (draft.quantity == null && before.find()) {
      annotated.use(from + before.start(1), from + before.end(1));
      Numerals.whole(before.group(1)).ifPresent(quantity::accept);
    }
  }
}
