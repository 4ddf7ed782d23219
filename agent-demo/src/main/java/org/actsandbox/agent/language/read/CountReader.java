package org.actsandbox.agent.language.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.read.Meaning.Count;
import org.actsandbox.agent.language.read.Meaning.Unit;
import org.actsandbox.agent.language.text.Numerals;
import org.actsandbox.agent.language.text.Sentence;

/** Finds counts: nights, days, people, tickets, rooms, stars, pieces. */
final class CountReader {

  private static final String N = "(" + Numerals.NUMBER + ")";

  /**
   * Represents one way to say a number of something.
   *
   * @param words one of them is in each text that the pattern matches
   */
  private record Rule(Unit unit, List<String> words, Pattern pattern) {
    Rule(Unit unit, List<String> words, String regex) {
      this(unit, words, Pattern.compile(regex));
    }
  }

  /** The rules in their order; the first one that matches a stretch claims it. */
  private static final List<Rule> RULES =
      List.of(
          new Rule(
              Unit.STARS,
              List.of("*", "star", "星"),
              "(?<![\\d.])([1-5]) ?\\*(?:\\+| or (?:better|more))?|\\b"
                  + N
                  + "(?: or more)?[- ]?stars?\\b(?: (?:or (?:better|more|above)|and up))?|"
                  + N
                  + "星级?(?:以上|及以上)?"),
          new Rule(
              Unit.NIGHTS,
              List.of("night", "晚", "夜", "宿"),
              N + "[- ]?nights?\\b|" + N + "个(?:晚上|夜晚|夜里)|" + N + "(?:个?[晚夜](?!上)|宿)"),
          new Rule(
              Unit.DAYS,
              List.of("day", "天", "日游"),
              N + "[- ]?days?\\b|" + N + "(?:天(?!后|之后|以后)|日游)"),
          new Rule(
              Unit.ROOMS,
              List.of("room", "间"),
              N
                  + " (?:(?:double|twin|single|king|separate|quiet|standard) )?rooms?\\b|"
                  + N
                  + "个?间(?!隔)"),
          new Rule(
              Unit.TICKETS,
              List.of("ticket", "tix", "seat", "single", "one-way", "张"),
              N
                  + " (?:(?:train|return|first|second|business|one-way|rail) (?:class"
                  + " )?)?(?:tickets?|tix|seats?|singles?(?! room| bed)|one-ways?)\\b(?!-)|"
                  + N
                  + "张"),
          new Rule(
              Unit.PEOPLE,
              List.of(
                  "people",
                  "person",
                  "adult",
                  "passenger",
                  "guest",
                  "travel",
                  "pax",
                  "of us",
                  "colleagues",
                  "friends",
                  "人",
                  "成人",
                  "乘客",
                  "旅客",
                  "位",
                  "口"),
              "\\b(?:for |us |the )?"
                  + N
                  + " ?(?:people|persons?|adults?|passengers?|guests?|travell?ers?|pax|of"
                  + " us|colleagues|friends)\\b|"
                  + N
                  + "个?(?:人|大人|成人|乘客|旅客)(?!民)|"
                  + N
                  + "[位名个](?:\\p{IsHan}{1,3}的?)?(?:乘客|旅客|客人|客户|同事|住客)|"
                  + N
                  + "位(?:乘客|旅客|客人|大人)?|一家"
                  + N
                  + "口"));

  private static final Pattern TOTAL = Pattern.compile(Numerals.NUMBER + "(?:个?人|位)");

  private static final Pattern ONE_EACH =
      Pattern.compile("(?:一人|每人|一个人|每个人|各自?|人手)(?:各|住|坐|要|订|买)?一[间张个份套把本件]");

  /** The room is read as a word of its own before: "separate rooms", 各住一间. */
  private static final Pattern ROOM_EACH =
      Pattern.compile(
          "\\b(?:separate|individual|own) (?=rooms?\\b)|\\b(?:a|one) room each\\b|各自?住一间");

  private static final Pattern ADULTS_AND_CHILDREN =
      Pattern.compile(
          N
              + "个?(?:大人?|成人)(?:[和，、, ]|带着?|加上?)*"
              + N
              + "个?(?:[一二三四五六七八九十\\d]{1,2}岁(?:大|半)?的?)?(?:小孩?|孩子?|儿童|小朋友|娃|宝宝|婴儿)|"
              + N
              + " adults?(?: and|,| &| with| plus)* (?:an?|"
              + N
              + ") (?:little |small |young )?(?:child(?:ren)?|kids?|toddlers?|bab(?:y|ies)|infants?|teenagers?|boys?|girls?|sons?|daughters?|(?:[a-z]+|\\d{1,2})[- ]years?[- ]olds?)\\b");

  /** The number may follow the noun: 大人两个，孩子一个. */
  private static final Pattern NOUN_BEFORE_NUMBER =
      Pattern.compile(
          "(?:(?:大人|成人|成年人)"
              + N
              + "[个位名张]?(?:[，,、 和]|还有|带)*(?:小孩|孩子|儿童|小朋友)"
              + N
              + "[个位名张]?|(?:小孩|孩子|儿童|小朋友)"
              + N
              + "[个位名张]?(?:[，,、 和]|还有)*(?:大人|成人|成年人)"
              + N
              + "[个位名张]?|"
              + N
              + "张(?:大人|成人)(?:[，,、 和]|还有|加上?)*"
              + N
              + "张(?:小孩|孩子|儿童)(?!票))");

  /** A couple with children: 我和老婆还有两个孩子. */
  private static final Pattern COUPLE_WITH_CHILDREN =
      Pattern.compile(
          "(?:我们?|咱们?)?(?:和|跟|带着?|与)?(?:我)?(?:老婆|老公|妻子|丈夫|爱人|太太|先生|媳妇|对象|夫妻俩?|夫妇|两口子)(?:[、，, ]|还有|和|跟|带着?|带上|加上?|以及)+"
              + N
              + "个?(?:小孩|孩子|娃|儿子|女儿|宝宝|小朋友)");

  private static final Pattern TWO_OR_THREE =
      Pattern.compile("(?<![一二三四五六七八九十])([俩仨])(?:个?人)?(?!老)");

  private static final String COMPANION =
      "老婆|老公|妻子|丈夫|爱人|太太|媳妇|对象|老?妈妈?|老?爸爸?|母亲|父亲|儿子|女儿|闺女|孩子|小孩|孙子|孙女|女朋友|男朋友|女友|男友|闺蜜|同事|朋友|同学|室友|舍友|老师|老板|领导|客户|助理|奶奶|爷爷|外婆|外公|姥姥|姥爷|[表堂]?[姐妹哥弟]{1,2}|姑姑|舅舅|阿姨|叔叔|婆婆|公公|岳父|岳母|丈母娘|侄子|外甥";

  /** One companion: "with my mother". */
  private static final Pattern WITH_ONE =
      Pattern.compile(
          "\\b(?:with|and|take|taking|bring|bringing) my (?:gf|bf|hubby|mate|buddy|roommate|fiancee?|best friend|wife|husband|friend|girlfriend|boyfriend|partner|mother|father|mom|mum|dad|son|daughter|colleague|sister|brother|boss|grandmother|grandma)\\b(?!'s)"
              + "|(?:和|跟|带着?|带上|陪)(?:着)?(?:我)?(?:"
              + COMPANION
              + ")(?=去|到|一起|一块|坐|住|回|，|,|[周下明后今]|\\d|$)");

  private static final Pattern COUPLE =
      Pattern.compile(
          "\\b(?:me and my"
              + " (?:gf|bf|mate|best friend|wife|husband|friend|girlfriend|boyfriend|partner|mother|father|mom|dad|son|daughter|colleague)|my"
              + " (?:wife|husband|friend|girlfriend|boyfriend|partner|mother|father|mom|dad|son|daughter|colleague)"
              + " and (?:i|me)|the two of us|both of us|for a couple|two of us)\\b"
              + "|我们俩|我们两个?人?|我俩|两口子|夫妻俩?|我[和跟](?:我)?(?:"
              + COMPANION
              + ")(?!们)|情侣");

  /** One companion who comes, too: "my friend is coming along". */
  private static final Pattern ONE_COMES =
      Pattern.compile(
          "\\b(?:my|a|one) (?:wife|husband|friend|girlfriend|boyfriend|partner|mother|father|mom|mum|dad|son|daughter|colleague|sister|brother|boss|grandmother|grandma|cousin|aunt|uncle)(?: is|'s| will be| will| would like to| wants to)? (?:com(?:e|ing)|join(?:s|ing)?|travel(?:l?ing)?|go(?:ing)?)(?: too| along| as well| with (?:me|us)| me| us)+\\b");

  /** "My two kids and I", "me and 2 children", "the kids and me (2 kids)". */
  private static final Pattern CHILDREN_AND_ME =
      Pattern.compile(
          "\\b(?:my |the )?"
              + N
              + " (?:kids|children|sons|daughters) and (?:i|me|myself)\\b|\\b(?:i|me|myself)(?: and|,| with| plus)+ (?:my |the )?"
              + N
              + " (?:kids|children|sons|daughters)\\b|\\b(?:kids|children) and (?:me|i|myself),? ?\\(?"
              + N
              + " (?:kids|children)\\b|\\bmy "
              + N
              + " (?:kids|children) (?:are|will be) (?:com|travel)[a-z]*(?: too| along| with me)?\\b");

  private static final String PERSONS =
      " (?:adults?|children|child|kids?|teachers?|students?|pupils?|colleagues?|friends?|women|woman|men|man|guests?|seniors?|teenagers?|teens?|bab(?:y|ies)|toddlers?|people|grown-ups?)\\b";

  /** "Twelve children and two teachers" are fourteen. */
  private static final Pattern SUM_OF_PERSONS =
      Pattern.compile(
          "\\b"
              + N
              + PERSONS
              + "(?:,| and|,? plus| with| &)* "
              + N
              + PERSONS
              + "(?:(?:,| and|,? plus| with| &)* "
              + N
              + PERSONS
              + ")?");

  /** "Four, two of them kids": these are no others. */
  private static final Pattern PART_OF_PARTY =
      Pattern.compile(
          "\\b" + N + " of (?:them|us|which|whom)(?: are| is| being| will be)?(?=" + PERSONS + ")");

  private static final Pattern MY_PARENTS =
      Pattern.compile(
          "\\b(?:my parents and (?:i|me)|(?:i|me|myself)(?: and|,| with| plus)+ my parents)\\b");

  private static final Pattern AGES =
      Pattern.compile(
          "(?:\\b(?:aged?|ages)|(?<=kids,)|(?<=children,)|(?<=kids)|(?<=children)),? "
              + N
              + "(?:(?:,| and| &)+ "
              + N
              + ")*(?: years?(?: old)?)?(?=[), .]|$)(?! (?:nights?|days?|rooms?|tickets?|yuan|stars?))");

  /** The age of somebody who comes along is no number of anything: "she is eight", 女儿八岁. */
  private static final Pattern AGE_OF_SOMEBODY =
      Pattern.compile(
          "\\b(?:he|she)(?:'s| is) (?:only |just |almost |nearly )?"
              + N
              + "(?: years?(?: old)?)?(?= ?(?:[,.;!?]|(?:and|so|we|need|two|three)\\b|$))"
              + "|(?:[他她]|孩子|小孩|娃|宝宝|儿子|女儿|闺女|孙子|孙女|妹妹|弟弟)(?:今年|现在|刚|才|都|已经|是|也)*"
              + N
              + "岁(?:半|多|大)?了?");

  private static final Pattern COUPLES_OF_PEOPLE =
      Pattern.compile("\\b" + N + " couples\\b|" + N + "对(?:夫妻|夫妇|情侣|恋人)");
  private static final Pattern FOR_SO_MANY =
      Pattern.compile(
          "\\bfor (two|three|four|five|six|[2-9])\\b(?!"
              + " ?(?:day|night|week|yuan|rmb|[:.]|am\\b|pm\\b|pairs?|pieces|o'clock))");
  private static final Pattern PARENTS_AND_CHILDREN =
      Pattern.compile(
          "\\b(?:(?:me|i|myself),?(?: and)? my (?:wife|husband|partner)|my (?:wife|husband|partner) and (?:me|i|myself)),?(?: and)? (?:my |our |the )?"
              + N
              + " (?:kids?|children|child|sons?|daughters?|boys?|girls?)\\b");
  private static final Pattern WITH_SO_MANY =
      Pattern.compile(
          "\\bwith (?:my |the )?"
              + N
              + " (?:colleagues|friends|others|other people|classmates)\\b|(?:和|跟|带)"
              + N
              + "个?(?:同事|朋友|同学)");
  private static final Pattern WITH_PARENTS =
      Pattern.compile(
          "\\b(?:with|and|take|taking|bring|bringing) my (?:parents|mum and dad|mom and dad|mother and father)\\b"
              + "|(?:带着?|和|跟|陪)(?:我)?(?:爸妈|父母|爸爸妈妈|老两口)");
  private static final Pattern WEEK =
      Pattern.compile(
          "\\bfor (?:a|one) week\\b|\\b(?:a|one) week\\b(?!"
              + " (?:from|later|after))|(?<!下)一个?(?:周|星期)(?!后|之后|[一二三四五六日天末])");
  private static final Pattern MONTH = Pattern.compile("(?:住|待|租)(?:上|个|满|他)?一?(?:个?(半)个?月|个月)");
  private static final Pattern COUPLE_OF =
      Pattern.compile("\\ba couple of (nights|days|tickets|rooms)\\b");
  private static final Pattern ONE_NIGHT =
      Pattern.compile("\\b(?:(?:a|one|single) night|overnight)\\b(?! trains?\\b)|过夜");

  /** Three tickets, one of them by the window (其中一张靠窗), are three. */
  private static final Pattern PART =
      Pattern.compile("(?:其中|当中)(?:的|有|要)?$|\\b(?:of (?:them|which|those)|including),? $");

  private static final Pattern PIECES =
      Pattern.compile(
          N
              + " ?(?:x|×|pcs|pieces?(?: of)?|of"
              + " (?:them|these|those)|(?:pairs?|box(?:es)?|packs?|packets?|bottles?|sets?|bags?|cans?|copies|tins?|cups?)(?:"
              + " of)?)(?![a-z])|(?:\\bx|×) ?(\\d{1,3})\\b|"
              + N
              + "(?:个|只|把|件|双|条|本|盒|包|袋|瓶|罐|台|部|箱|套|份|支|副|顶|枚|对|款|提|枝|根|卷|串|听|块(?!钱|儿|坐|去|走|玩|吃|住|出发)|床|盏|幅|辆|顶|口|面)(?!小时|月|星期|礼拜|人)");
  private static final Pattern ANY =
      Pattern.compile(
          "\\b(?:no,? wait,?|make (?:it|that|them)|change (?:it|that) to|better|actually|we(?:'re| are)|i"
              + " need|i want|i said|i meant|give me|get me|get|i'll (?:take|have|get)|have|book|buy|order|take) "
              + N
              + "(?: of (?:them|those|these))?(?= ?(?:please|then|instead|actually|$|[,.!?]|(?:one|two|three|four|\\d) of (?:us|them)\\b))|(?:^|(?<=^(?:hi|hello|please|hello there|um, well|ok so),? ))(?:book |get me |i need |we need )?"
              + N
              + "(?= (?:to|for) (?!\\d)[a-z]{3,})|^"
              + " ?(?:no,? |ok,? |sorry,? |wait,? |just |only )*"
              + N
              + "(?: of (?:them|those|these))?(?: please)?[.! ]*$");
  private static final Pattern FAMILY =
      Pattern.compile("\\b(?:family|group|party) of " + N + "\\b|" + N + "口(?:之家|人)?");
  private static final Pattern DOZEN =
      Pattern.compile("\\b(?:a|one) (half )?dozen\\b|\\bhalf a dozen\\b|一打");

  /** "Two of those" counts what was shown, be it tickets, rooms or goods. */
  private static final Pattern OF_THOSE = Pattern.compile(" of (?:them|these|those)$");

  /** "Two things: first a lamp and second a mug" counts wishes and no pieces. */
  private static final Pattern THINGS =
      Pattern.compile(
          "\\b(?:two|three|four|five|[2-5]) (?:things|items|wishes)\\b"
              + "|\\b(?:first(?:ly)?|second(?:ly)?|third(?:ly)?|fourth|lastly)(?: of all)?,?(?= (?:an?|some|the|two|three|\\d) )(?! (?:one|two|three) (?:class|option|offer))");

  private final Sentence sentence;
  private final List<MeaningSpan> meaningSpans = new ArrayList<>();
  private boolean oneRoomEach;

  private CountReader(Sentence sentence) {
    this.sentence = sentence;
  }

  static List<MeaningSpan> read(Sentence sentence) {
    var reader = new CountReader(sentence);
    sentence.claimMatches(ONE_EACH, reader::addOneEach);
    var roomEach = ROOM_EACH.matcher(sentence.plain());
    if (roomEach.find()) {
      reader.oneRoomEach = true;
      sentence.use(roomEach.start(), roomEach.end());
      sentence.claim(roomEach.end() - 1, roomEach.end());
    }
    sentence.claimMatches(THINGS, _ -> true);
    reader.people();
    for (var rule : RULES) {
      if (sentence.mentions(rule.words())) {
        sentence.claimMatches(rule.pattern(), match -> reader.add(match, rule.unit()));
      }
    }
    reader.idioms();
    reader.withoutPartsOfTotal();
    sentence.claimMatches(
        PIECES,
        match ->
            reader.add(match, OF_THOSE.matcher(match.group()).find() ? Unit.ANY : Unit.PIECES));
    sentence.claimMatches(ANY, match -> reader.add(match, Unit.ANY));
    return reader.meaningSpans;
  }

  /** A number for each person says how many there are only together with the people. */
  private boolean addOneEach(Matcher match) {
    oneRoomEach |= match.group().endsWith("间");
    return true;
  }

  /** The number of all people wins over the ones who were named: 带娃和我爸妈，四个人. */
  private void withoutPartsOfTotal() {
    var total =
        meaningSpans.stream()
            .filter(span -> isPeople(span) && isTotal(span))
            .reduce((_, last) -> last);
    total.ifPresent(all -> meaningSpans.removeIf(span -> isPeople(span) && !span.equals(all)));
    if (oneRoomEach) {
      meaningSpans.stream()
          .filter(CountReader::isPeople)
          .findFirst()
          .ifPresent(
              people ->
                  meaningSpans.add(
                      new MeaningSpan(
                          people.start(),
                          people.end(),
                          new Count(Unit.ROOMS, ((Count) people.meaning()).number()))));
    }
  }

  private static boolean isPeople(MeaningSpan span) {
    return span.meaning() instanceof Count count && count.unit() == Unit.PEOPLE;
  }

  /** Returns whether the words are a plain number of more than one: 四个人, but not 两大一小. */
  private boolean isTotal(MeaningSpan span) {
    return ((Count) span.meaning()).number() > 1
        && TOTAL.matcher(sentence.plain().substring(span.start(), span.end())).matches();
  }

  private void people() {
    sentence.claimMatches(PART_OF_PARTY, _ -> true);
    sentence.claimMatches(ADULTS_AND_CHILDREN, this::adultsAndChildren);
    sentence.claimMatches(NOUN_BEFORE_NUMBER, this::sum);
    sentence.claimMatches(COUPLE_WITH_CHILDREN, match -> addOthers(match, 2));
    sentence.claimMatches(SUM_OF_PERSONS, this::sum);
    sentence.claimMatches(CHILDREN_AND_ME, match -> addOthers(match, 1));
    sentence.claimMatches(AGES, _ -> true);
    sentence.claimMatches(AGE_OF_SOMEBODY, _ -> true);
    sentence.claimMatches(MY_PARENTS, match -> add(match, Unit.PEOPLE, 3));
    sentence.claimMatches(ONE_COMES, match -> add(match, Unit.PEOPLE, 2));
    sentence.claimMatches(FAMILY, match -> add(match, Unit.PEOPLE));
    sentence.claimMatches(PARENTS_AND_CHILDREN, match -> addOthers(match, 2));
    sentence.claimMatches(WITH_SO_MANY, match -> addOthers(match, 1));
    sentence.claimMatches(WITH_PARENTS, match -> add(match, Unit.PEOPLE, 3));
    sentence.claimMatches(COUPLES_OF_PEOPLE, this::couples);
    sentence.claimMatches(COUPLE, match -> add(match, Unit.PEOPLE, 2));
    sentence.claimMatches(
        TWO_OR_THREE, match -> add(match, Unit.PEOPLE, match.group(1).equals("俩") ? 2 : 3));
    if (meaningSpans.isEmpty()) {
      sentence.claimMatches(WITH_ONE, match -> add(match, Unit.PEOPLE, 2));
    }
  }

  private void idioms() {
    sentence.claimMatches(FOR_SO_MANY, match -> add(match, Unit.PEOPLE));
    sentence.claimMatches(WEEK, match -> add(match, Unit.NIGHTS, 7));
    sentence.claimMatches(
        MONTH, match -> add(match, Unit.NIGHTS, match.group(1) == null ? 30 : 15));
    sentence.claimMatches(ONE_NIGHT, match -> add(match, Unit.NIGHTS, 1));
    sentence.claimMatches(
        COUPLE_OF, match -> add(match, COUPLES.getOrDefault(match.group(1), Unit.PIECES), 2));
    sentence.claimMatches(
        DOZEN, match -> add(match, Unit.PIECES, match.group().contains("half") ? 6 : 12));
  }

  private static final Map<String, Unit> COUPLES =
      Map.of(
          "nights", Unit.NIGHTS, "days", Unit.DAYS, "tickets", Unit.TICKETS, "rooms", Unit.ROOMS);

  private boolean adultsAndChildren(Matcher match) {
    int group = match.group(1) == null ? 3 : 1;
    var adults = Numerals.whole(match.group(group));
    var children =
        match.group(group + 1) == null ? Optional.of(1) : Numerals.whole(match.group(group + 1));
    return adults.isPresent()
        && children.isPresent()
        && add(match, Unit.PEOPLE, adults.get() + children.get());
  }

  private boolean sum(Matcher match) {
    int sum = 0;
    for (int group = 1; group <= match.groupCount(); group++) {
      if (match.group(group) != null) {
        sum += Numerals.whole(match.group(group)).orElse(0);
      }
    }
    return sum > 0 && add(match, Unit.PEOPLE, sum);
  }

  private boolean couples(Matcher match) {
    var couples = Numerals.whole(match.group(match.group(1) == null ? 2 : 1));
    return couples.isPresent() && add(match, Unit.PEOPLE, 2 * couples.get());
  }

  /** Adds the principal's own party to the others: with three colleagues they are four. */
  private boolean addOthers(Matcher match, int more) {
    int group = 1;
    while (match.group(group) == null) {
      group++;
    }
    var others = Numerals.whole(match.group(group));
    return others.isPresent() && add(match, Unit.PEOPLE, others.get() + more);
  }

  private boolean add(Matcher match, Unit unit) {
    if (PART.matcher(sentence.plain().substring(0, match.start())).find()) {
      return false;
    }
    for (int group = 1; group <= match.groupCount(); group++) {
      if (match.group(group) != null) {
        var number = Numerals.whole(match.group(group));
        return number.isPresent() && add(match, unit, number.get());
      }
    }
    return false;
  }

  private boolean add(Matcher match, Unit unit, int number) {
    meaningSpans.add(new MeaningSpan(match.start(), match.end(), new Count(unit, number)));
    return true;
  }
}
