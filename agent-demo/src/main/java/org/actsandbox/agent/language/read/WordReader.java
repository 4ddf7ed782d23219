package org.actsandbox.agent.language.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.read.Meaning.ExcludedPlace;
import org.actsandbox.agent.language.read.Meaning.Role;
import org.actsandbox.agent.language.read.Meaning.Word;
import org.actsandbox.agent.language.text.Numerals;
import org.actsandbox.agent.language.text.Sentence;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.jspecify.annotations.Nullable;

/** Finds the words and names of the lexicon, the longest first, and the role of each place. */
final class WordReader {

  private static final Pattern NEGATION =
      Pattern.compile(
          "(\\b(?:no|(?<!\\bif )not|never|without|except(?: for)?|apart from|anything but|any"
              + " (?:colou?r|kind|type) but|but no|(?:don't|doesn't|do not|does not|didn't) (?:want|like|need|enjoy)|dislikes?|avoids?|other than|hates?"
              + "|(?:can't|cannot|can not) (?:stand|bear)|(?:not|never|isn't|aren't) (?:fond of|keen on|a fan of|into)|instead of|rather than|neither|nor|(?:is|are|was|were)n't|(?:do|does)n't have)(?:"
              + " (?:a|an|the|any|those|these|being|to"
              + " sit|to be|sit|sitting|in|on|at|by|take|taking|be|get|me))*\\s*"
              + "|(?:不要|别|不想|不坐|不靠|不买|不订|不住|不(?:太|怎么|大)?(?:喜欢|爱)|讨厌|受不了|最?烦|嫌|不需要|不用|无需|除了|除开|避开|千万别|不能要|不能是|不是|不(?=靠|坐))"
              + "(?:靠|坐在?|给我|订|选|挑|拿|安排|买|要|在|有)?)$");

  /** A wish for another time: 酒店后面再说, 酒店先不订. */
  private static final Pattern PUT_OFF =
      Pattern.compile(
          "(?:的事|的话)?(?:我|就|先|暂时)*(?:(?:后面|以后|之后|回头|改天|下次|到时候?|到了)?再(?:说|订|定|讲|考虑|找)(?!一)|(?:不用|不要|不订|不定|不需要|免|不买|不找)了?(?=[，,。！! ]|$))");

  /** "If there is no first class, then ..." wishes for first class. */
  private static final Pattern CONDITION =
      Pattern.compile(
          "(?:\\bif (?:there(?:'s| is| are)|you (?:find|have|can find)|they have) no"
              + "|(?:如果|要是|假如|万一)[^，。,.]{0,4}(?:没有?|不是))\\s*(?:more )?$");

  private static final Pattern EXCLUSION =
      Pattern.compile(
          "(?:\\b(?<!why )(?:not|forget(?: about)?|skip|drop|instead of|rather than|(?:any|every)where (?:but|except)|except(?: for)?|other than"
              + "|apart from|but no|(?<!not )(?<!too )(?<!very )(?:away|far) from)(?: (?:to|from|in|at|near|by|close to|next"
              + " to|the))*|(?<!是)不是|除了|除开|避开|远离|别住|不住(?:在)?|不想(?:去|到|住)在?|不打算去|不去|别去|不到|不从|(?:不要|别|不想)(?:在|住在?|选|订|挨着|靠近?)|不要(?:去|到|从)?|\\b(?:via|through|by way of)(?:"
              + " the)?|途经|经过|经停|路过|绕道) ?$");

  private static final Pattern AWAY_BEFORE =
      Pattern.compile(
          "\\b(?:not (?:near|by|next to|close to|at)|(?<!not )(?<!too )(?:away|far) from)(?: the|"
              + " a)? $|(?:不要|不想|别|不)(?:住)?(?:在|靠近|挨着|靠)?$|远离$");

  private static final String COLOURS = "黑白红蓝绿黄灰粉紫";

  private static final Pattern PREFERRED = Pattern.compile("[^的，。,.!！?？;；、吧啊了 ]");

  /** 明天能到最好 wishes for tomorrow if possible. */
  private static final Pattern IF_POSSIBLE = Pattern.compile("(?:能|可以|如果|要是)[^，,。]{1,10}$");

  /** 最近一班 is the next train and no distance. */
  private static final Pattern NEXT_TRAIN = Pattern.compile("最近的?一?[班趟]");

  private static final Pattern PURPOSE_BEFORE =
      Pattern.compile("(?:看|听|参加|吃|做|办|逛|拍|见|追|赶)(?:一?[场个次顿下]|我的?|个人)?$");

  /** The word itself begins with such a verb: 去北京看病. */
  private static final Pattern PURPOSE = Pattern.compile("[看听打做治]\\p{IsHan}");

  private static final Pattern ADJECTIVE_BEFORE = Pattern.compile("[,，、 ](?:要|得)?$");

  private static final Pattern ADJECTIVE_AFTER = Pattern.compile("的(?: ?[,，。、！!]|$)");

  /** "Cheaper than 150" is a limit and no order. */
  private static final Pattern CHEAPER_THAN = Pattern.compile("^ than (?:¥ ?)?\\d");

  private static final Pattern THAN_BEFORE =
      Pattern.compile("比" + Numerals.NUMBER + "(?:元|块钱?)?(?:还|要|更)?$");

  private static final Pattern BOUND_AFTER = Pattern.compile("\\d|[一二两三四五六七八九十]+点|[上下]午|早上|晚上|中午");
  private static final Pattern FROM_BEFORE =
      Pattern.compile(
          "(\\b(?:from|leaving|departing(?: from)?|depart|leave|out of|starting (?:in|from|at))"
              + " (?:the )?|(?:从|自|由|离开))$");

  /** Ours: a negation and the words between it and what it denies are no longer than this. */
  private static final int MAX_NEGATION = 40;

  /** A flight from a place says that the traveller needs a train to it. */
  private static final Pattern FLIGHT_FROM =
      Pattern.compile("\\b(?:fly|flying|flight|plane)(?: [a-z]+)?(?: out of| from)(?: the)? $");

  private static final Pattern TO_BEFORE =
      Pattern.compile(
          "((?:\\b(?:to|for|into|towards?|visit(?:ing)?|reach(?:ing)?|arriv(?:e|ing) (?:in|at)"
              + "|destination)|->|→|=>) ?(?:the )?|(?:到达|抵达|飞往|开往|前往|回到|[去跑](?:一)?趟|去一下|到|去|往|至|飞|赴|回|目的地是?))$");

  /** "To Nanjing and then Shanghai" has two destinations. */
  private static final Pattern THEN_BEFORE = Pattern.compile("\\bthen (?:on )?(?:to )?$");

  private static final Pattern NEAR_BEFORE =
      Pattern.compile(
          "(\\b(?:near|close to|(?:not|isn't|nothing)(?: too| very| that| so)? far(?: away)? from|a short (?:walk|ride|drive|distance) (?:from|to)|(?:closest|nearest)(?: (?:hotel|inn|place|room|one)s?)? to|(?<!after )next"
              + " to|beside|around|by|nearby|(?:walking distance|minutes) (?:of|to|from)|within"
              + " walking distance of) (?:the )?|(?:靠近|临近|离|距离?|挨着|紧邻))$");
  private static final Pattern IN_BEFORE =
      Pattern.compile("(\\b(?:in|at|within|inside) (?:the )?|(?:住在|在|住|于))$");

  private static final Pattern FROM_AFTER =
      Pattern.compile("^(?: ?(?:to\\b|->|→|=>|-|~) ?| ?(?:出发|始发|上车|开往|到|至|去|往|飞|回|[-~→])).*");
  private static final Pattern NEAR_AFTER =
      Pattern.compile(
          "^(?: (?:area|district|neighbou?rhood)| ?[，,]? ?(?:附近|旁边|周边|边上|旁|周围|一带|不(?:要)?(?:太|很)?远|别太远|那边|近)).*");

  private static final Pattern CONTAINER =
      Pattern.compile(
          "(?:bottle|bag|box|can|cup|jar|pack|packet|tin|tube)(?:e?s)? of (?!them\\b|these\\b|those\\b)");

  private final String text;
  private final Sentence sentence;

  private WordReader(Sentence sentence) {
    this.sentence = sentence;
    this.text = sentence.plain();
  }

  static List<MeaningSpan> read(Sentence sentence) {
    return new WordReader(sentence).marks();
  }

  private List<MeaningSpan> marks() {
    var hits = new ArrayList<MeaningSpan>();
    for (int at = 0; at < text.length(); at++) {
      int wish = endOfUnsupported(at);
      if (wish > 0 && sentence.isFree(at, wish)) {
        hits.add(unsupported(sentence, at, wish));
        at = wish - 1;
        continue;
      }
      var hit = colourOfProduct(at);
      if (hit == null) {
        hit = Lexicon.KNOWN.best(text, at);
      }
      if (hit != null
          && sentence.isFree(at, hit.end())
          && !isPartOfLimit(at, hit)
          && !isContainer(at, hit)) {
        sentence.claim(at, hit.end());
        hits.add(new MeaningSpan(at, hit.end(), meaning(hit.entry(), at, hit.end())));
        at = hit.end() - 1;
      }
    }
    hits.removeIf(hit -> isPurpose(hit, hits));
    hits.replaceAll(hit -> isAdjective(hit, hits) ? asFeature(hit) : hit);
    return hits;
  }

  /**
   * Returns whether what is not sold here is only what the principal travels for: 去上海看演唱会 wishes
   * for a journey.
   */
  private boolean isPurpose(MeaningSpan span, List<MeaningSpan> hits) {
    return span.meaning() instanceof Word word
        && word.topic() == Topic.KIND
        && word.value().equals("foreign")
        && (PURPOSE_BEFORE.matcher(text.substring(0, span.start())).find()
            || PURPOSE.matcher(text.substring(span.start())).lookingAt())
        && hits.stream()
            .anyMatch(
                hit ->
                    hit.end() <= span.start()
                        && hit.meaning() instanceof Meaning.KnownPlace place
                        && place.role() == Role.TO);
  }

  /** Returns whether goods only describe the goods before them: 折叠伞，防晒的. */
  private boolean isAdjective(MeaningSpan span, List<MeaningSpan> hits) {
    return isProduct(span)
        && ADJECTIVE_BEFORE.matcher(text.substring(0, span.start())).find()
        && ADJECTIVE_AFTER.matcher(text.substring(span.end())).lookingAt()
        && hits.stream().anyMatch(hit -> hit.end() <= span.start() && isProduct(hit));
  }

  private static boolean isProduct(MeaningSpan span) {
    return span.meaning() instanceof Word word && word.topic() == Topic.PRODUCT;
  }

  private MeaningSpan asFeature(MeaningSpan span) {
    var word = (Word) span.meaning();
    var words = sentence.simplified(span.start(), span.end());
    return new MeaningSpan(
        span.start(), span.end(), new Word(Topic.FEATURE, words, word.words(), word.negated()));
  }

  /**
   * Returns the colour that a single character right before a product names: 红伞 is a red umbrella.
   * The names of teas, wines and pens have such a character of their own.
   */
  private Lexicon.@Nullable Hit colourOfProduct(int at) {
    int next = at + 1;
    if (COLOURS.indexOf(text.charAt(at)) < 0 || next >= text.length()) {
      return null;
    }
    var own = Lexicon.KNOWN.best(text, at);
    var product = Lexicon.KNOWN.best(text, next);
    boolean describes =
        own == null
            && product != null
            && product.entry().topic() == Topic.PRODUCT
            && "茶酒糖笔油".indexOf(text.charAt(next)) < 0;
    return describes ? Lexicon.KNOWN.colour(text.charAt(at), next) : null;
  }

  /**
   * Returns the end of an unsupported wish that starts here and contains a word of the lexicon, as
   * 健身房 contains 房, or that continues after one, as 儿童票; 0 if there is none. The other unsupported
   * wishes are read last.
   */
  private int endOfUnsupported(int at) {
    var hit = Lexicon.KNOWN.unsupported(text, at);
    if (hit == null) {
      return 0;
    }
    var known = Lexicon.KNOWN.best(text, at);
    if (known != null) {
      return known.end() < hit.end() ? hit.end() : 0;
    }
    for (int inside = at + 1; inside < hit.end(); inside++) {
      if (Lexicon.KNOWN.best(text, inside) != null) {
        return hit.end();
      }
    }
    return 0;
  }

  /**
   * Returns whether the word is part of a limit or a preference: 最晚十点 is a time limit and not the
   * latest train; 最好靠窗 is a window seat, if possible.
   */
  private boolean isPartOfLimit(int at, Lexicon.Hit hit) {
    if (NEXT_TRAIN.matcher(text.substring(at)).lookingAt()) {
      return true;
    }
    var after = text.substring(hit.end(), Math.min(text.length(), hit.end() + 4));
    if (hit.entry().topic() == Topic.SORT
        && (CHEAPER_THAN.matcher(text.substring(hit.end())).find()
            || THAN_BEFORE.matcher(text.substring(0, at)).find())) {
      return true;
    }
    return hit.entry().topic() == Topic.SORT
        && text.startsWith("最", hit.end() - 2)
        && (BOUND_AFTER.matcher(after).lookingAt()
            || (text.startsWith("好", hit.end() - 1)
                && (PREFERRED.matcher(after).lookingAt()
                    || IF_POSSIBLE.matcher(text.substring(0, at)).find())));
  }

  /** Returns whether the word only measures goods: "three bottles of olive oil". */
  private boolean isContainer(int at, Lexicon.Hit hit) {
    return hit.entry().topic() == Topic.PRODUCT
        && CONTAINER.matcher(text).region(at, text.length()).lookingAt();
  }

  /** Finds unsupported wishes in what all other readers left. */
  static List<MeaningSpan> unsupported(Sentence sentence, boolean goodsOnly) {
    var text = sentence.plain();
    var marks = new ArrayList<MeaningSpan>();
    for (int at = 0; at < text.length(); at++) {
      var hit = Lexicon.KNOWN.unsupported(text, at);
      boolean wished =
          hit != null
              && UnsupportedWish.find(hit.entry().value()).stream()
                  .anyMatch(wish -> !goodsOnly || wish.kinds().contains(MerchantKind.SHOP));
      if (hit != null && wished && sentence.isFree(at, hit.end())) {
        marks.add(unsupported(sentence, at, hit.end()));
        at = hit.end() - 1;
      }
    }
    return marks;
  }

  /** Finds the unsupported wishes in a stretch that another meaning takes as a whole. */
  static List<MeaningSpan> unsupportedInside(Sentence sentence, int start, int end) {
    var marks = new ArrayList<MeaningSpan>();
    for (int at = start; at < end; at++) {
      var hit = Lexicon.KNOWN.unsupported(sentence.plain(), at);
      if (hit != null && hit.end() <= end) {
        var words = sentence.original().substring(at, hit.end());
        var meaning = new Word(Topic.UNSUPPORTED, hit.entry().value(), words, false);
        marks.add(new MeaningSpan(at, hit.end(), meaning));
        at = hit.end() - 1;
      }
    }
    return marks;
  }

  private static MeaningSpan unsupported(Sentence sentence, int start, int end) {
    sentence.claim(start, end);
    var hit = Lexicon.KNOWN.unsupported(sentence.plain(), start);
    var value = hit == null ? "" : hit.entry().value();
    var words = sentence.original().substring(start, end);
    return new MeaningSpan(start, end, new Word(Topic.UNSUPPORTED, value, words, false));
  }

  private Meaning meaning(Lexicon.Entry entry, int start, int end) {
    var words = sentence.original().substring(start, end);
    var topic = entry.topic();
    if (topic == null) {
      var before = text.substring(Math.max(0, start - 24), start);
      if (EXCLUSION.matcher(before).find()) {
        return new ExcludedPlace(entry.places(), words);
      }
      return new Meaning.KnownPlace(entry.places(), role(start, end), words);
    }
    if (topic == Topic.PLACE) {
      if (AWAY_BEFORE.matcher(text.substring(Math.max(0, start - 24), start)).find()) {
        return new ExcludedPlace(Set.of(), words);
      }
      return new Meaning.GenericPlace(entry.value(), role(start, end));
    }
    var before = text.substring(Math.max(0, start - MAX_NEGATION), start);
    boolean negated =
        (NEGATION.matcher(before).find() && !CONDITION.matcher(before).find())
            || (topic == Topic.KIND && PUT_OFF.matcher(text.substring(end)).lookingAt());
    return new Word(topic, entry.value(), words, negated);
  }

  private Role role(int start, int end) {
    var before = text.substring(Math.max(0, start - 32), start);
    var after = text.substring(end, Math.min(text.length(), end + 16));
    if (FLIGHT_FROM.matcher(before).find() && FlightReason.isReason(text)) {
      return Role.TO;
    }
    var stated = roleBefore(before);
    if (NEAR_AFTER.matcher(after).matches() && stated != Role.FROM) {
      return Role.NEAR;
    }
    if (stated != null) {
      return stated;
    }
    return FROM_AFTER.matcher(after).matches() ? Role.FROM : Role.NONE;
  }

  private static @Nullable Role roleBefore(String before) {
    if (NEAR_BEFORE.matcher(before).find()) {
      return Role.NEAR;
    }
    if (FROM_BEFORE.matcher(before).find()) {
      return Role.FROM;
    }
    if (TO_BEFORE.matcher(before).find() || THEN_BEFORE.matcher(before).find()) {
      return Role.TO;
    }
    return IN_BEFORE.matcher(before).find() ? Role.IN : null;
  }
}
