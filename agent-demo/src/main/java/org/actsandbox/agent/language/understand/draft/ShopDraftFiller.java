package org.actsandbox.agent.language.understand.draft;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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

  private static final char CLAIMED = '\u25a1';
  private static final Set<String> SORTS = Set.of("cheapest", "fastest", "best");
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
          "\\bfor (?:running|walking|driving|travel(?:l?ing)?|flying|sleeping|visiting)\\b");

  private static final Pattern PART_OF_GOODS = Pattern.compile("的(?=\\p{IsHan})");

  private static final Pattern PURPOSE =
      Pattern.compile(
          "\\b(?:something|anything|a thing|a gadget) (?:to|that|which|for)\\b[^,;.:]*$");

  private static final Pattern SIZE =
      Pattern.compile(
          "\\bsize ([a-z]{1,4}|\\d{1,3})\\b|(?<![a-z])(xs|s|m|l|x{1,3}l|[2-5]xl)(?:码|号)|(?<=^|[\\p{IsHan}，,、])(xs|[sml]|x{1,3}l|[2-5]xl)(?=[，,、。的 ]?(?:\\p{IsHan}|$))|(\\d{2}|[二三四]十[一二三四五六七八九]?) ?码");

  private static final Pattern BRAND =
      Pattern.compile(
          "\\b(?:[Bb]y|[Bb]rand) (\\p{Lu}[\\w-]+)|\\b([A-Z][\\w-]+)"
              + " brand\\b|([\\p{IsHan}A-Za-z]{2,6})牌(?!子)");
  private static final Pattern CHINESE_FUNCTION_WORDS =
      Pattern.compile(
          ".*(?:什么|哪些|哪种|有(?!机|线|氧|声|色|盖|轮)|卖|背|用|买|购|要|订|来|找|个|只|把|件|双|条|本|盒|包|袋|瓶|罐|台|部|箱|套|份|支|款|根|块|张|副|顶|串|盏|枝|节|几|一(?!次性)|两|些|点|我|你|您|他|她|这|那|半|到|的|了|给|送|带|和|看|选|下|斤|是|换|成|(?<!可)爱|喝|吃|(?<!智|功|节)能|会(?!议)|都|也|就|在|加(?![湿热厚绒大长宽高固]))");
  private static final Pattern NUMBER_BEFORE =
      Pattern.compile(
          "(" + Numerals.NUMBER + ")(?: ?(?:x|×))?(?: [a-z'\u25a1-]+| ?\u25a1+){0,3} ?$");

  /** Words between two features of which one suffices, as in "black or white". */
  private static final Pattern ALTERNATIVE =
      Pattern.compile(
          " ?(?:or|,? or|或者?是?|还是|,|，|、|/)?(?:(?:要是|如果)?没有?(?:了|的话|就|有)*[,，]?)? ?(?:an?|the)? ?");

  /** "Before Wednesday" is Tuesday at the latest, while 周三前 includes that day. */
  private static final Pattern BEFORE_THAT_DAY = Pattern.compile("\\bbefore (?:the )?$");

  private static final Pattern ABOUT_BEFORE = Pattern.compile("\\b(?:about|on|of)(?: the)? $");

  private static final Pattern OR_BEFORE = Pattern.compile("(?:\\bor(?: an?)? ?|或者?是?|还是)$");

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

  /** "The three cheapest umbrellas" and 最便宜的三把 are to be shown, and not three of one sort. */
  private static final Pattern SEVERAL_BEFORE =
      Pattern.compile("\\bthe (?:top )?(" + Numerals.NUMBER + ") $");

  private static final Pattern SEVERAL_AFTER =
      Pattern.compile("^的(" + Numerals.NUMBER + ")[个把件条只双款种本支台盏顶副]");

  private static final Pattern ANY_OF_THEM =
      Pattern.compile(
          " ?的?(?:[都也](?:行|可以|好|成|可)|均可|皆可|(?:is|are) (?:both )?(?:fine|ok|okay)|either).*");

  private final ShopDraft draft = new ShopDraft();

  /** How many offers the list is to begin with; 0 if that was not said. */
  private int several;

  private @Nullable MeaningSpan lastFeature;
  private final AnnotatedSentence annotatedSentence;
  private final Segment segment;
  private final DraftFindings draftFindings;
  private final String rest;

  private ShopDraftFiller(
      Segment segment, AnnotatedSentence annotatedSentence, DraftFindings draftFindings) {
    this.segment = segment;
    this.annotatedSentence = annotatedSentence;
    this.draftFindings = draftFindings;
    this.rest = withoutMeasures(annotatedSentence.sentence().unclaimedText(CLAIMED));
  }

  public static ShopDraft fill(
      Segment segment, AnnotatedSentence annotatedSentence, DraftFindings draftFindings) {
    var filler = new ShopDraftFiller(segment, annotatedSentence, draftFindings);
    segment.meaningSpans.forEach(filler::readSeveral);
    segment.meaningSpans.forEach(filler::readMeaning);
    for (int[] stretch : segment.stretches) {
      filler.readFeaturesAndBrand(stretch[0], stretch[1]);
    }
    filler.readProduct();
    filler.addUnreadWords();
    return filler.draft;
  }

  /** Removes sizes and capacities, which are features and not part of the product's name. */
  private static String withoutMeasures(String rest) {
    var unclaimed = rest;
    for (var pattern : List.of(ProductMeasure.MEASURE, SIZE)) {
      unclaimed =
          pattern
              .matcher(unclaimed)
              .replaceAll(m -> Character.toString(CLAIMED).repeat(m.group().length()));
    }
    return unclaimed;
  }

  private void readMeaning(MeaningSpan meaningSpan) {
    switch (meaningSpan.meaning()) {
      case Word word -> word(word, meaningSpan);
      case Count count -> {
        if ((count.unit() == Unit.PIECES
                || count.unit() == Unit.TICKETS
                || count.unit() == Unit.ANY)
            && !isCountOfColour(count.number(), meaningSpan)) {
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
      case FEATURE -> feature(word.value(), meaningSpan);
      case BRAND -> draft.brand = word.value();
      case SORT -> {
        // The earliest delivery is the fastest.
        var order = word.value().equals("earliest") ? "fastest" : word.value();
        draft.sort = SORTS.contains(order) ? draftFindings.order(draft.sort, order) : draft.sort;
        if (word.value().equals("quietest")) {
          // Quiet goods are called silent.
          feature("silent", meaningSpan);
        }
      }
      default -> {}
    }
  }

  /** Returns whether only some of the pieces have the colour that follows: 两件，一件白的. */
  private boolean isCountOfColour(int number, MeaningSpan count) {
    var text = annotatedSentence.sentence().plain();
    boolean ofThem = PART.matcher(text.substring(count.start())).lookingAt();
    return (ofThem || (draft.quantity != null && number < draft.quantity))
        && segment.meaningSpans.stream()
            .filter(ShopDraftFiller::isColour)
            .filter(colour -> colour.start() >= count.end())
            .anyMatch(
                colour ->
                    BEFORE_COLOUR.matcher(text.substring(count.end(), colour.start())).matches());
  }

  /** Adds a feature, or joins it to the one before if one of the two suffices. */
  private void feature(String feature, MeaningSpan meaningSpan) {
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
      draft.features.add(uses.group());
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

  /** Reads the product in the principal's words, with the words that describe it right before. */
  private void readProduct() {
    var products = new ArrayList<MeaningSpan>();
    for (var meaningSpan : segment.meaningSpans) {
      if (meaningSpan.meaning() instanceof Word word
          && word.topic() == Topic.PRODUCT
          && !word.negated()
          && !isPart(meaningSpan)) {
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
      Numerals.whole(before.group(1)).ifPresent(this::quantity);
    }
  }
}
