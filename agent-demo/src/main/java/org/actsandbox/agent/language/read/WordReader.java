package org.actsandbox.agent.language.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.actsandbox.agent.language.read.Meaning.ExcludedPlace;
import org.actsandbox.agent.language.read.Meaning.Role;
import org.actsandbox.agent.language.read.Meaning.Word;
import org.actsandbox.agent.language.text.Sentence;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.jspecify.annotations.Nullable;

/** Finds the words and names of the lexicon, the longest first, and the role of each place. */
public final class WordReader {

  static final RuleFile RULES = RuleFile.of("words.txt");

  private static final String COLOURS = "黑白红蓝绿黄灰粉紫";

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
      var wish = unsupportedAround(at);
      if (wish != null && sentence.isFree(at, wish.end())) {
        sentence.claim(at, wish.end());
        hits.add(unsupported(sentence, at, wish));
        at = wish.end() - 1;
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
        && word.is(Topic.KIND, "foreign")
        && (RULES.precedes("purpose", text, span.start())
            || RULES.follows("purpose", text, span.start()))
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
        && RULES.precedes("describing", text, span.start())
        && RULES.follows("describing", text, span.end())
        && hits.stream().anyMatch(hit -> hit.end() <= span.start() && isProduct(hit));
  }

  private static boolean isProduct(MeaningSpan span) {
    return span.isWord(Topic.PRODUCT);
  }

  private MeaningSpan asFeature(MeaningSpan span) {
    var word = (Word) span.meaning();
    var words = sentence.simplified(span.start(), span.end());
    return span.with(new Word(Topic.FEATURE, words, word.words(), word.negated()));
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
   * Returns an unsupported wish that starts here and contains a word of the lexicon, as 健身房
   * contains 房, or that continues after one, as 儿童票. The other unsupported wishes are read last.
   */
  private Lexicon.@Nullable Hit unsupportedAround(int at) {
    var hit = Lexicon.KNOWN.unsupported(text, at);
    if (hit == null) {
      return null;
    }
    var known = Lexicon.KNOWN.best(text, at);
    boolean isLonger =
        known == null
            ? IntStream.range(at + 1, hit.end())
                .anyMatch(inside -> Lexicon.KNOWN.best(text, inside) != null)
            : known.end() < hit.end();
    return isLonger ? hit : null;
  }

  /**
   * Returns whether the word is part of a limit or a preference: 最晚十点 is a time limit and not the
   * latest train; 最好靠窗 is a window seat, if possible.
   */
  private boolean isPartOfLimit(int at, Lexicon.Hit hit) {
    if (RULES.follows("next train", text, at)) {
      return true;
    }
    boolean isOrder = hit.entry().topic() == Topic.SORT;
    boolean isBest = isOrder && text.startsWith("最好", hit.end() - 2);
    return isOrder
        && (RULES.follows("than", text, hit.end())
            || RULES.precedes("than", text, at)
            || (text.startsWith("最", hit.end() - 2) && RULES.follows("limit", text, hit.end()))
            || (isBest
                && (RULES.follows("preferred", text, hit.end())
                    || RULES.precedes("if possible", text, at))));
  }

  /**
   * Returns whether the word only measures goods or is a reason for others: "three bottles of olive
   * oil", 老婆喜欢喝咖啡，买咖啡机.
   */
  private boolean isContainer(int at, Lexicon.Hit hit) {
    return hit.entry().topic() == Topic.PRODUCT
        && (RULES.follows("container", text, at)
            || (RULES.precedes("liked", text, at) && RULES.follows("liked", text, hit.end())));
  }

  /** Finds unsupported wishes in what all other readers left. */
  static List<MeaningSpan> unsupported(Sentence sentence, boolean goodsOnly) {
    var found =
        unsupported(
            sentence,
            0,
            sentence.plain().length(),
            (at, hit) ->
                sentence.isFree(at, hit.end())
                    && UnsupportedWish.find(hit.entry().value()).stream()
                        .anyMatch(w -> !goodsOnly || w.kinds().contains(MerchantKind.SHOP)));
    found.forEach(span -> sentence.claim(span.start(), span.end()));
    return found;
  }

  /** Finds the unsupported wishes in a stretch that another meaning takes as a whole. */
  static List<MeaningSpan> unsupportedInside(Sentence sentence, int start, int end) {
    return unsupported(sentence, start, end, (_, _) -> true);
  }

  private static List<MeaningSpan> unsupported(
      Sentence sentence, int start, int end, BiPredicate<Integer, Lexicon.Hit> isWished) {
    var found = new ArrayList<MeaningSpan>();
    for (int at = start; at < end; at++) {
      var hit = Lexicon.KNOWN.unsupported(sentence.plain(), at);
      if (hit != null && hit.end() <= end && isWished.test(at, hit)) {
        found.add(unsupported(sentence, at, hit));
        at = hit.end() - 1;
      }
    }
    return found;
  }

  private static MeaningSpan unsupported(Sentence sentence, int start, Lexicon.Hit hit) {
    var words = sentence.original().substring(start, hit.end());
    var word = new Word(Topic.UNSUPPORTED, hit.entry().value(), words, false);
    return new MeaningSpan(start, hit.end(), word);
  }

  private Meaning meaning(Lexicon.Entry entry, int start, int end) {
    var words = sentence.original().substring(start, end);
    var topic = entry.topic();
    if (topic == null) {
      if (RULES.precedes("except", text, start)) {
        return new ExcludedPlace(entry.places(), words);
      }
      return new Meaning.KnownPlace(entry.places(), role(start, end), words);
    }
    if (topic == Topic.PLACE) {
      if (RULES.precedes("away", text, start)) {
        return new ExcludedPlace(Set.of(), words);
      }
      return new Meaning.GenericPlace(entry.value(), role(start, end));
    }
    boolean negated =
        denial(text, start).isPresent()
            || RULES.follows(topic == Topic.KIND ? "put off" : "excluded", text, end);
    return new Word(topic, entry.value(), words, negated);
  }

  /**
   * Returns where the words begin that deny what stands at a place of the text, as in "not a twin
   * room"; empty if nothing denies it.
   */
  public static OptionalInt denial(String text, int at) {
    var before = RULES.before("not", text, at);
    return before.find() && !RULES.precedes("if there is no", text, at)
        ? OptionalInt.of(before.start())
        : OptionalInt.empty();
  }

  private Role role(int start, int end) {
    if (RULES.precedes("flight from", text, start) && FlightReason.isReason(text)) {
      return Role.TO;
    }
    var stated =
        Stream.of(Role.NEAR, Role.FROM, Role.TO, Role.IN)
            .filter(role -> RULES.precedes(role.name().toLowerCase(Locale.ROOT), text, start))
            .findFirst();
    if (stated.filter(role -> role == Role.FROM).isEmpty() && RULES.follows("near", text, end)) {
      return Role.NEAR;
    }
    return stated.orElseGet(() -> RULES.follows("from", text, end) ? Role.FROM : Role.NONE);
  }
}
