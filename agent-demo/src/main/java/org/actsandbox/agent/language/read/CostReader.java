package org.actsandbox.agent.language.read;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.read.Meaning.Cost;
import org.actsandbox.agent.language.read.Meaning.ForeignCost;
import org.actsandbox.agent.language.read.Meaning.Scope;
import org.actsandbox.agent.language.text.Numerals;
import org.actsandbox.agent.language.text.Sentence;
import org.actsandbox.protocol.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Finds limits of cost. An amount without "at least" is a limit, because no principal wishes to pay
 * more.
 */
final class CostReader {

  private static final BigDecimal MAX_AMOUNT = new BigDecimal(10_000_000);

  private static final String N = "(?<n>" + Numerals.NUMBER + ")";
  private static final String SCOPE_BEFORE =
      "(?<before>\\b(?:in total|in all|altogether|total(?: budget)?(?: of)?|overall|all"
          + " together|everything|the whole (?:thing|trip)|(?:the |my |our )?(?:total|sum|lot|whole)(?: cost| price| bill)?(?: (?:should|must|has to|needs to|may|can|cannot|can't|shall|to))?(?: not)?(?: (?:stay|be|remain|cost|come to|keep|exceed))*(?= (?:under|below|at most|less than|no more|not more|within|up to|more than|over))|per night|a night(?! train)|each"
          + " night|nightly|each|per ticket|per person|apiece)[ :,]*"
          + "|(?:全部|一共|一起|总共|总计|拢共|统共|合起来|加在一起|总预算|合计|加起来|总价|整个|所有的?|每晚|一晚|每夜|每张|每人|每个|单价|一张|每间)(?:加起来)?(?:都)?)?";
  private static final String BOUND =
      "(?<bound>\\b(?:for )?(?:(?:don't|do not|can't|cannot|can not|won't|mustn't|shouldn't|not|never|no)(?: (?:want|wish|like) to)?(?:"
          + " (?:spend|pay|go|cost|afford|(?:book|buy|order|take|get)(?: (?:anything|something|one))?))? (?:more than|over|above|beyond)|under|below|less(?: expensive)? than|at"
          + " most|nothing (?:over|above|more than)|no more than|not more than|up to|within|max(?:imum)?(?: of)?|cheaper than|not"
          + " over|not exceeding|not above|around|about|roughly|for|a budget of|(?:my |the |with a"
          + " |on a |a )?budget(?: is| of|:)?(?: is)?|spend(?:ing)?(?: up to| at most| no more"
          + " than)?|(?:i |we )?(?:only|just) (?:have|got|have got|can (?:spend|afford))|\\b(?:i|we)(?:'ve| have)(?: got)?(?= (?:¥ ?)?\\d{2,6}(?: ?(?:yuan|rmb|kuai))?(?: (?:for|to spend|please|pls)\\b| ?[,.;!]| ?$))|keep it under|don't exceed|limit(?: of| is)?) ?"
          + "|(?:我的|总)?预算(?:是|为|大概|大约|在|控制在|不超过|最多|只有)*|不超过|不要超过|别超过|不能超过|不高于|不多于|少于|低于|最多花?|最高|至多|顶多|撑死|上限(?:是|为|大概)?|控制在|小于|大概|大约)?";
  private static final String SCOPE_AFTER =
      "(?<after>[ ,]*(?:in total|in all|all in all|altogether|total|overall|all in|all together|together|for"
          + " everything|for (?:it|them) all|for all(?: of it)?|for the (?:whole )?(?:trip|lot)|all"
          + " up|(?:an?|per|each|/) ?night(?! train)|nightly|pn|each|apiece|per ticket|a ticket|per"
          + " person|per head|per piece)\\b|(?:一|每|/)(?:晚|夜|张|人|个|间)(?!都)|每间每晚|一共|总共|全部|总计|搞定|封顶)?";
  private static final String YUAN =
      "(?: ?(?<yuan>yuan|rmb|cny|renminbi|kuai|bucks|元人民币|元|块钱|块(?!儿|坐|去|走|玩|吃|住|出发|来|回)|人民币|圆|大洋))";
  private static final String WITHIN = "(?<within>以内|以下|之内|之下|内|左右|上下|封顶)";

  /**
   * Represents one way to say a cost.
   *
   * @param words one of them is in each text that the pattern matches; empty if there are none
   */
  private record Form(List<String> words, Pattern pattern) {}

  private static final Form TOPS =
      new Form(
          List.of("tops", "max", "most", "less", "under", "below"),
          Pattern.compile(
              SCOPE_BEFORE
                  + BOUND
                  + "¥?(?<n>\\d{2,6}(?:\\.\\d\\d?)?)(?: ?(?:yuan|rmb|kuai))? ?(?:tops|max(?:imum)?|at"
                  + " (?:the )?most|or (?:less|under|below))\\b"
                  + SCOPE_AFTER));
  private static final Form SIGNED =
      new Form(
          List.of("¥", "rmb", "cny"),
          Pattern.compile(
              SCOPE_BEFORE
                  + BOUND
                  + "(?:¥|\\brmb|\\bcny) ?"
                  + N
                  + YUAN
                  + "?"
                  + WITHIN
                  + "?"
                  + SCOPE_AFTER));
  private static final Form NAMED =
      new Form(
          List.of("yuan", "rmb", "cny", "renminbi", "kuai", "bucks", "元", "块", "人民币", "圆", "大洋"),
          Pattern.compile(SCOPE_BEFORE + BOUND + N + YUAN + WITHIN + "?" + SCOPE_AFTER));
  private static final Form BARE_WITHIN =
      new Form(
          List.of("以内", "以下", "之内", "之下", "内", "左右", "上下", "封顶"),
          Pattern.compile(SCOPE_BEFORE + BOUND + N + WITHIN + SCOPE_AFTER));
  private static final Form BARE =
      new Form(
          List.of(),
          Pattern.compile(
              SCOPE_BEFORE
                  + BOUND
                  + N
                  + SCOPE_AFTER
                  + "(?!\\d|[十百千]| ?(?:day|night|week|hour|minute|month|people|person|adult|ticket|seat|room|star|piece|km|met|metre|meter|min|%|am\\b|pm\\b|o'clock|:\\d"
                  + "|天|晚|夜|周|小时|分钟|月|日|号|人|个|张|间|星|件|点|公里|米|大|位|名|岁|升|毫|寸|英寸|瓦|厘米|克|千克|公斤|斤|码|页|层|楼|度|cm|mah|gb|inch|ml|kg|l\\b|w\\b|g\\b))"));

  private static final List<Form> FORMS = List.of(TOPS, SIGNED, NAMED, BARE_WITHIN, BARE);

  private static final Pattern RANGE =
      Pattern.compile(
          "(?<before>\\b(?:price|budget|between|from|around|about)[a-z"
              + " :]{0,14}|(?:预算|价格|价位|大概|大约)(?:在|是|大概|大约)?)?(?:¥"
              + " ?)?(?<low>\\d{2,6}|[一二两三四五六七八九]?[十百千](?:(?![一两][晚夜张人个间])[一二三四五六七八九十百]){0,4})(?<lowyuan>"
              + " ?(?:yuan|rmb|cny|kuai|元|块))? ?(?:-|~|to|and|到|至) ?(?:¥"
              + " ?)?(?<n>\\d{2,6}|[一二两三四五六七八九]?[十百千](?:(?![一两][晚夜张人个间])[一二三四五六七八九十百]){0,4})"
              + "(?![\\d:.]|月|号|日|点|ml|cm|mah|w\\b)"
              + YUAN
              + "?(?<between>之间)?"
              + SCOPE_AFTER);

  private static final BigDecimal ABOUT_LEAST = new BigDecimal("0.8");

  private static final BigDecimal ABOUT_MOST = new BigDecimal("1.2");

  /** Two numbers without a unit are prices when the lower one is at least this. */
  private static final BigDecimal MIN_BARE_RANGE = new BigDecimal(100);

  private static final Pattern ABOUT = Pattern.compile("around|about|roughly|大概|大约|差不多");
  private static final Pattern FOREIGN =
      Pattern.compile(
          "(?:us\\$|hk\\$|\\$|€|£|\\busd ?|\\beur ?)"
              + "\\d[\\d,.]*"
              + "|(?<!\\d)(?:"
              + Numerals.NUMBER
              + ") ?(?:usd|us"
              + " dollars?|dollars?|euros?|eur|gbp|pounds?|yen|jpy|hkd|美元|美金|欧元|英镑|日元|港币|港元)(?![a-z])");
  private static final Pattern AT_LEAST =
      Pattern.compile(
          "(?:\\b(?:over|above|more than|at least|from) |(?<!不)(?<!不要)(?<!别)超过|至少|高于)$");

  /** "If it is over 80 yuan, don't bother" is a limit, and so is 超过80就算了. */
  private static final Pattern ELSE_NOTHING =
      Pattern.compile(
          "(?:\\bbut )?\\b(?:if|unless) (?:it|that|they|the (?:price|ticket|fare|room))(?:'s| is| costs?| are|'re| goes)? (?:over|above|more than|beyond) (?:¥ ?)?(?<en>"
              + Numerals.NUMBER
              + ")(?: ?(?:yuan|rmb|kuai|cny))?,? ?(?:then )?(?:(?:just )?(?:don't|do not)(?: (?:bother|buy|book|take|get|want))?(?: it)?|forget it|skip it|never mind|leave it|no)\\b"
              + "|(?:如果|要是)?(?:超过|高于|贵过|多于|超出)(?:了)?(?<zh>"
              + Numerals.NUMBER
              + ")(?:元|块钱?)?(?:的话)?[，,]?(?:就|那就)?(?:算了|不要了?|别[买订](?:了)?|不[买订坐](?:了)?|免了|不用了)");

  /** 比150便宜 is a limit as well. */
  private static final Pattern CHEAPER_THAN =
      Pattern.compile("比" + N + "(?:元|块钱?)?(?:还|要|更)?(?:便宜|低|少)(?:一?点儿?|些)?的?");

  private final Sentence sentence;
  private final List<MeaningSpan> meaningSpans = new ArrayList<>();

  private CostReader(Sentence sentence) {
    this.sentence = sentence;
  }

  static List<MeaningSpan> read(Sentence sentence) {
    var reader = new CostReader(sentence);
    sentence.claimMatches(
        FOREIGN, match -> reader.add(match, new ForeignCost(match.group().strip())));
    sentence.claimMatches(RANGE, reader::range);
    sentence.claimMatches(ELSE_NOTHING, reader::elseNothing);
    sentence.claimMatches(CHEAPER_THAN, reader::cheaperThan);
    for (var form : FORMS) {
      if (form.words().isEmpty() || sentence.mentions(form.words())) {
        sentence.claimMatches(form.pattern(), match -> reader.cost(match, form.equals(BARE)));
      }
    }
    return reader.meaningSpans;
  }

  private boolean range(Matcher match) {
    var low = Numerals.parse(match.group("low"));
    var high = Numerals.parse(match.group("n"));
    boolean money =
        match.group("before") != null
            || match.group("yuan") != null
            || match.group("lowyuan") != null
            || match.group().contains("¥")
            || low.filter(n -> n.compareTo(MIN_BARE_RANGE) >= 0).isPresent();
    if (!money || low.isEmpty() || high.isEmpty() || low.get().compareTo(high.get()) >= 0) {
      return false;
    }
    var words = String.valueOf(match.group("after"));
    var scope =
        words.matches(".*(night|pn|晚|夜).*")
            ? Scope.NIGHT
            : words.matches(".*(each|apiece|ticket|person|张|人|个).*") ? Scope.EACH : Scope.OPEN;
    return add(match, new Cost(yuan(high.get()), yuan(low.get()), scope));
  }

  private boolean elseNothing(Matcher match) {
    var amount = Numerals.parse(match.group(match.group("en") == null ? "zh" : "en"));
    return amount.isPresent() && add(match, new Cost(yuan(amount.get()), null, Scope.OPEN));
  }

  private boolean cheaperThan(Matcher match) {
    var amount = Numerals.parse(match.group("n"));
    return amount.isPresent() && add(match, new Cost(yuan(amount.get()), null, Scope.OPEN));
  }

  private static Money yuan(BigDecimal amount) {
    return Money.of(amount.setScale(2, RoundingMode.HALF_UP), Money.CNY);
  }

  private boolean cost(Matcher match, boolean bare) {
    var amount = Numerals.parse(match.group("n"));
    if (amount.isEmpty() || amount.get().compareTo(MAX_AMOUNT) > 0) {
      return false;
    }
    int at = match.start("n");
    // A number that ends a name, as in bazaar88, is no amount.
    boolean endsName =
        at > 0 && at == match.start() && Character.isLowerCase(sentence.plain().charAt(at - 1));
    if (endsName || (at > 0 && sentence.plain().charAt(at - 1) == ':')) {
      // These are the minutes of an hour.
      return false;
    }
    var scope = scope(match);
    var bound = match.group("bound");
    if (bare && !isCostLimit(bound, scope, amount.get())) {
      return false;
    }
    var before = sentence.plain().substring(0, match.start());
    if (AT_LEAST.matcher(before).find()) {
      // No merchant can be asked for a lowest price alone: the words stay unread.
      return false;
    }
    // An approximate price may be a fifth more or less.
    boolean about =
        ABOUT.matcher(String.valueOf(bound)).find() || match.group().matches(".*(?:左右|上下).*");
    return about
        ? add(
            match,
            new Cost(
                yuan(amount.get().multiply(ABOUT_MOST)),
                yuan(amount.get().multiply(ABOUT_LEAST)),
                scope))
        : add(match, new Cost(yuan(amount.get()), null, scope));
  }

  /**
   * Without a currency, the words around the number must be about cost, and small numbers rarely
   * are.
   */
  private static boolean isCostLimit(@Nullable String bound, Scope scope, BigDecimal amount) {
    boolean limited =
        bound != null
            && !bound.isBlank()
            && !bound.strip().matches("for|within")
            && (!ABOUT.matcher(bound).find() || amount.compareTo(new BigDecimal(50)) >= 0);
    return amount.compareTo(BigDecimal.TEN) >= 0
        && (limited || (scope != Scope.OPEN && amount.compareTo(new BigDecimal(50)) >= 0));
  }

  private boolean add(Matcher match, Meaning meaning) {
    meaningSpans.add(new MeaningSpan(match.start(), match.end(), meaning));
    return true;
  }

  private static Scope scope(Matcher match) {
    var bound = String.valueOf(match.group("bound"));
    var words = match.group("before") + " " + match.group("after");
    if (words.matches(".*(night|pn|晚|夜).*")) {
      return Scope.NIGHT;
    }
    if (words.matches(".*(each|apiece|ticket|person|head|piece|张|人|个|单价|每间).*")) {
      return Scope.EACH;
    }
    boolean total =
        words.matches(
            ".*(total|together|\\ball\\b|altogether|everything|whole|overall|trip|lot|全部|一共|一起|拢共|统共|合起来|加在一起|总|合计|加起来|整个|所有|搞定).*");
    return total || bound.contains("budget") || bound.contains("预算") || bound.contains("spend")
        ? Scope.TOTAL
        : Scope.OPEN;
  }
}
