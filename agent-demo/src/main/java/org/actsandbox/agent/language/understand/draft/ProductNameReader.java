package org.actsandbox.agent.language.understand.draft;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.read.AnnotatedSentence;
import org.actsandbox.agent.language.read.Meaning.Word;
import org.actsandbox.agent.language.read.MeaningSpan;
import org.actsandbox.agent.language.read.Topic;
import org.actsandbox.agent.language.read.UnreadWords;
import org.actsandbox.agent.language.text.Numerals;

/** Reads which goods are wished, in the principal's words, and how many. */
final class ProductNameReader {

  private static final char CLAIMED = '\u25a1';

  private static final Set<String> FUNCTION_WORDS =
      Set.of(
          ("one two three four five six seven eight nine ten dozen a an the some any me us buy get"
                  + " need want order purchase find for of with and new good nice my to i pair set box"
                  + " pack looking search is on in at please like would show also plus that this very"
                  + " really pieces bottle not no by under from or then shop you can could book too"
                  + " bring we d piece he she they who that's likes loves love enjoys loving fond"
                  + " decent ours keep ok okay so hi hello um have has got sell stock carry what which well there another give let more compare brand add instead meant said change switch")
              .split(" ", -1));

  /** Maps a use to the word under which shops know what serves it. */
  private static final Map<String, String> PRODUCTS_BY_USE =
      Map.ofEntries(
          Map.entry("charger for my laptop", "laptop charger"),
          Map.entry("charger for a laptop", "laptop charger"),
          Map.entry("charger for the laptop", "laptop charger"),
          Map.entry("plug", "charging plug"),
          Map.entry("电脑的充电器", "笔记本充电器"),
          Map.entry("笔记本的充电器", "笔记本充电器"),
          Map.entry("something to read", "book"),
          Map.entry("anything to read", "book"),
          Map.entry("reading matter", "book"),
          Map.entry("米的线", "数据线"),
          Map.entry("根线", "数据线"),
          Map.entry("条线", "数据线"),
          Map.entry("跑步穿的鞋", "跑鞋"),
          Map.entry("跑步的鞋", "跑鞋"),
          Map.entry("跑步用的鞋", "跑鞋"),
          Map.entry("登山穿的鞋", "登山鞋"),
          Map.entry("爬山穿的鞋", "登山鞋"),
          Map.entry("爬山的鞋", "登山鞋"),
          Map.entry("上班穿的鞋", "皮鞋"),
          Map.entry("下雨穿的鞋", "雨鞋"),
          Map.entry("在家穿的鞋", "拖鞋"),
          Map.entry("家里穿的鞋", "拖鞋"),
          Map.entry("夏天穿的鞋", "凉鞋"),
          Map.entry("箱子", "行李箱"),
          Map.entry("包包", "背包"),
          Map.entry("背的包", "背包"),
          Map.entry("上班背的包", "背包"),
          Map.entry("上班包", "背包"),
          Map.entry("点吃的", "零食"),
          Map.entry("些吃的", "零食"),
          Map.entry("吃的东西", "零食"),
          Map.entry("吃的喝的", "零食"),
          Map.entry("零嘴", "零食"),
          Map.entry("保温瓶", "保温杯"),
          Map.entry("暖瓶", "保温壶"),
          Map.entry("暖壶", "保温壶"),
          Map.entry("热水瓶", "保温壶"));

  private static final Pattern HEAD =
      Pattern.compile(
          " ((?!(?:long|short|fast|bright|strong|soft|warm|thick|thin|light|heavi|small|larg|wid|tall)er\\b)[a-z]{3,}(?:er|or)s?|racks?|stands?|holders?|locks?|shelf|shelves|covers?|trays?|mats?|hooks?|pegs?|shades?|brush(?:es)?|kits?|polish|tins?|jars?|straps?|tripods?|spray|machines?)(?= ?(?:$|[,.;!?\u25a1])| (?:for|under|below|with|in|at|and|or|to|that|please|by|from|around|about|within|up)\\b)");

  private static final Pattern PART_OF_GOODS = Pattern.compile("的(?=\\p{IsHan})");

  private static final Pattern PURPOSE =
      Pattern.compile(
          "\\b(?:something|anything|a thing|a gadget) (?:to|that|which|for)\\b[^,;.:]*$");

  private static final Pattern CHINESE_FUNCTION_WORDS =
      Pattern.compile(
          ".*(?:什么|哪些|哪种|有(?!机|线|氧|声|色|盖|轮)|卖|背|用|买|购|要|订|来|找|个|只|把|件|双|条|本|盒|包|袋|瓶|罐|台|部|箱|套|份|支|款|根|块|张|副|顶|串|盏|枝|节|几|一(?!次性)|两|些|点|我|你|您|他|她|这|那|半|到|的|了|给|送|带|和|看|选|下|斤|是|换|成|(?<!可)爱|喝|吃|(?<!智|功|节)能|会(?!议)|等(?!身|离)|都|也|就|在|加(?![湿热厚绒大长宽高固]))");

  private static final Pattern NUMBER_BEFORE =
      Pattern.compile(
          "(" + Numerals.NUMBER + ")(?: ?(?:x|×))?(?: [a-z'\u25a1-]+| ?\u25a1+){0,3} ?$");

  private final Segment segment;
  private final AnnotatedSentence annotatedSentence;
  private final ShopDraft draft;
  private final IntConsumer quantity;
  private final String rest;

  /**
   * @param quantity takes the number of pieces that stands before the goods
   */
  ProductNameReader(
      Segment segment, AnnotatedSentence annotatedSentence, ShopDraft draft, IntConsumer quantity) {
    this.segment = segment;
    this.annotatedSentence = annotatedSentence;
    this.draft = draft;
    this.quantity = quantity;
    this.rest = withoutMeasures(annotatedSentence.sentence().unclaimedText(CLAIMED));
  }

  /** Removes sizes and capacities, which are features and not part of the product's name. */
  private static String withoutMeasures(String rest) {
    var unclaimed = rest;
    for (var pattern : List.of(ProductMeasure.MEASURE, ShopDraftFiller.SIZE)) {
      unclaimed =
          pattern
              .matcher(unclaimed)
              .replaceAll(m -> Character.toString(CLAIMED).repeat(m.group().length()));
    }
    return unclaimed;
  }

  /** Reads the product in the principal's words, with the words that describe it right before. */
  void read() {
    var products = new ArrayList<MeaningSpan>();
    for (var meaningSpan : segment.meaningSpans) {
      if (meaningSpan.meaning() instanceof Word word
          && word.topic() == Topic.PRODUCT
          && !word.negated()
          && !isPart(meaningSpan)
          && !isUse(products, meaningSpan)) {
        products.add(meaningSpan);
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
    var plain = annotatedSentence.sentence().plain();
    var first = products.getFirst();
    if (products.size() > 1
        && ProductGroups.names(plain.substring(first.start(), first.end()))
        && plain
            .substring(first.end(), products.get(1).start())
            .matches(" ?[,，、：:] ?(?:an? |some )?")) {
      products.removeFirst();
    }
    int start = products.getFirst().start();
    int end = products.getLast().end();
    boolean joined = end - start <= 40;
    var words =
        annotatedSentence.sentence().simplified(start, joined ? end : products.getFirst().end());
    var head = joined ? head(end) : "";
    if (!head.isEmpty()) {
      // A coffee grinder is no coffee: the shops must know the whole name.
      words += head;
      annotatedSentence.sentence().use(end, end + head.length());
      draft.category = null;
    }
    var described = describingWords(start);
    annotatedSentence.sentence().use(start - described.length(), joined ? end : start);
    draft.terms =
        PRODUCTS_BY_USE.getOrDefault(
            words.toLowerCase(Locale.ROOT), described + withoutArticle(words));
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
    var text = annotatedSentence.sentence().plain();
    var between = text.substring(before.getLast().end(), product.start());
    boolean isPart = ProductGroups.isPart(between);
    if (isPart) {
      draft.features.add(text.substring(product.start(), product.end()));
    }
    return isPart || ProductGroups.isUse(between);
  }

  /** Takes 夜灯 in 带夜灯的闹钟 as a feature, and returns whether it is one. */
  private boolean isPart(MeaningSpan product) {
    var text = annotatedSentence.sentence().plain();
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
    return PURPOSE
        .matcher(annotatedSentence.sentence().plain().substring(0, product.start()))
        .find();
  }

  /** Returns the unread noun behind the goods that makes other goods of them; empty without one. */
  private String head(int end) {
    var noun = HEAD.matcher(rest).region(end, rest.length());
    return noun.lookingAt() && !UnreadWords.isFiller(noun.group(1)) ? noun.group() : "";
  }

  private void readUnlistedProduct() {
    for (var product : UnlistedProductReader.find(annotatedSentence)) {
      boolean here =
          segment.stretches.stream()
              .anyMatch(s -> product.start() >= s[0] && product.start() < s[1]);
      if (here && draft.terms == null) {
        draft.terms = withoutArticle(product.words());
        annotatedSentence.sentence().use(product.start(), product.end());
        readCountBefore(product.start());
      }
    }
  }

  private static String withoutArticle(String words) {
    return words.replaceFirst("^(?i)(?:an?|the) ", "").strip();
  }

  /** Returns the unread words right before the product: 日式茶壶, "bamboo toothbrush". */
  private String describingWords(int start) {
    var before = rest.substring(0, start);
    if (annotatedSentence.sentence().plain().charAt(start) > 0x2E80) {
      var matcher = Pattern.compile("(\\p{IsHan}{1,12})$").matcher(before);
      if (!matcher.find()) {
        return "";
      }
      var words = CHINESE_FUNCTION_WORDS.matcher(matcher.group(1)).replaceFirst("");
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
    var before = NUMBER_BEFORE.matcher(rest.substring(from, start));
    if (draft.quantity == null && before.find()) {
      annotatedSentence.sentence().use(from + before.start(1), from + before.end(1));
      Numerals.whole(before.group(1)).ifPresent(quantity::accept);
    }
  }
}
