package org.actsandbox.agent.language.understand.draft;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.agent.language.read.Meaning;
import org.actsandbox.agent.language.read.Meaning.Cost;
import org.actsandbox.agent.language.read.Meaning.Count;
import org.actsandbox.agent.language.read.Meaning.Day;
import org.actsandbox.agent.language.read.Meaning.GenericPlace;
import org.actsandbox.agent.language.read.Meaning.Hours;
import org.actsandbox.agent.language.read.Meaning.KnownPlace;
import org.actsandbox.agent.language.read.Meaning.Role;
import org.actsandbox.agent.language.read.Meaning.Unit;
import org.actsandbox.agent.language.read.Meaning.Word;
import org.actsandbox.agent.language.read.MeaningSpan;
import org.actsandbox.agent.language.read.RuleFile;
import org.actsandbox.agent.language.read.Topic;
import org.actsandbox.agent.language.text.Sentence;

/**
 * Divides the meanings of a wish into what is wished first and what is wished only if that is not
 * to be had: "business class if it's under 900, otherwise second". Without a replacement, as in "a
 * window seat if possible", the fallback is the wish without that detail.
 *
 * @param first what is searched first
 * @param otherwise what is searched if that is not to be had; the same without a fallback
 * @param nextTrain whether the next train is the fallback of a train at a certain hour
 */
public record FallbackSpans(
    List<MeaningSpan> first, List<MeaningSpan> otherwise, boolean nextTrain) {

  /** All lines, which a contributor extends by one line. */
  public static final RuleFile RULES = RuleFile.of(FallbackSpans.class, "fallbacks.txt");

  private static final Pattern CUE = RULES.any("otherwise");
  private static final Pattern LEADING =
      Pattern.compile("[ ,]*(?:and |or |but |then )*(?:" + CUE.pattern() + ")");

  private static final Pattern LED =
      Pattern.compile("(?:" + CUE.pattern() + ")[ ,]*(?:then |take |get |book |find )*$");

  /** Ours: the words between a wish and its fallback are no longer. */
  private static final int MAX_CUE = 40;

  private static final Pattern NEXT_TRAIN = RULES.any("next");

  /** Follows the cue when any other value is good enough: "otherwise anywhere in the city". */
  private static final Pattern ANY = RULES.any("any");

  /** Stands before the details that are wished only if possible, or behind them. */
  private static final Pattern BEFORE = RULES.any("before");

  private static final Pattern AFTER = RULES.any("after");

  /** Stands before a limit for some details alone: "business class if it's less than 1500". */
  private static final Pattern PRICE = RULES.any("price");

  private static final Pattern SEPARATOR = Pattern.compile("[,;.!?，；。！？]");

  /**
   * Ends the words before "if possible": in "in red and wool if possible" only the wool is soft.
   */
  private static final Pattern CLAUSE =
      Pattern.compile("[,;.!?，；。！？、]|\\b(?:and|but|with|in|for)\\b");

  /** Returns whether what begins here is wished only if what stands before is not to be had. */
  public static boolean leads(String text, int start) {
    return LEADING.matcher(text).region(start, text.length()).lookingAt()
        || LED.matcher(text.substring(Math.max(0, start - MAX_CUE), start)).find();
  }

  boolean hasFallback() {
    return nextTrain || !otherwise.equals(first);
  }

  static FallbackSpans of(List<MeaningSpan> spans, Sentence sentence) {
    var text = sentence.plain();
    var soft = new HashSet<MeaningSpan>();
    addSoft(spans, sentence, soft);
    var cue = CUE.matcher(text);
    var divided = new FallbackSpans(spans, spans, false);
    if (cue.find()) {
      divided = divide(spans, cue.start(), cue.end());
      int clause = startOf(SEPARATOR, text, cue.start());
      if (!divided.hasFallback()) {
        // "Second class if first is sold out": the fallback stands before its condition.
        divided = divide(spans, clause, clause);
      }
      if (!divided.hasFallback() && ANY.matcher(text.substring(cue.end())).lookingAt()) {
        spans.stream()
            .filter(span -> span.end() <= cue.start() && isOptional(span.meaning()))
            .reduce((_, last) -> last)
            .ifPresent(soft::add);
      }
      boolean next =
          !divided.hasFallback()
              && NEXT_TRAIN.matcher(text.substring(cue.end())).lookingAt()
              && spans.stream().anyMatch(span -> span.meaning() instanceof Hours);
      divided = new FallbackSpans(divided.first, divided.otherwise, next);
      if (divided.hasFallback() || !soft.isEmpty()) {
        sentence.use(cue.start(), cue.end());
      }
    }
    var otherwise = new ArrayList<>(divided.otherwise);
    otherwise.removeAll(soft);
    return new FallbackSpans(divided.first, List.copyOf(otherwise), divided.nextTrain);
  }

  /** Adds what is wished only if possible. */
  private static void addSoft(List<MeaningSpan> spans, Sentence sentence, Set<MeaningSpan> soft) {
    var text = sentence.plain();
    var before = BEFORE.matcher(text);
    while (before.find()) {
      var separator = SEPARATOR.matcher(text).region(before.end(), text.length());
      int end = separator.find() ? separator.start() : text.length();
      // The last word of 最好有 may belong to the detail: 有早餐.
      addSoft(spans, sentence, before, before.start(), end, soft);
    }
    for (var limit : spans) {
      var price = PRICE.matcher(text.substring(0, limit.start()));
      if (limit.meaning() instanceof Cost && price.find()) {
        addSoft(spans, sentence, price, startOf(CLAUSE, text, price.start()), price.start(), soft);
        if (!soft.isEmpty()) {
          soft.add(limit);
        }
      }
    }
    var after = AFTER.matcher(text);
    while (after.find()) {
      int start = startOf(CLAUSE, text, after.start());
      addSoft(spans, sentence, after, start, after.start(), soft);
    }
  }

  private static void addSoft(
      List<MeaningSpan> spans,
      Sentence sentence,
      Matcher cue,
      int start,
      int end,
      Set<MeaningSpan> soft) {
    var found =
        spans.stream()
            .filter(span -> span.start() >= start && span.end() <= end)
            .filter(span -> isOptional(span.meaning()))
            .toList();
    if (!found.isEmpty()) {
      soft.addAll(found);
      sentence.use(cue.start(), cue.end());
    }
  }

  private static int startOf(Pattern separator, String text, int at) {
    int start = 0;
    var matcher = separator.matcher(text);
    while (matcher.find() && matcher.end() <= at) {
      start = matcher.end();
    }
    return start;
  }

  /** Takes as fallback what follows and has a meaning of the same sort before it. */
  private static FallbackSpans divide(List<MeaningSpan> spans, int cueStart, int cueEnd) {
    var replaced = new ArrayList<MeaningSpan>();
    var replacing = new ArrayList<MeaningSpan>();
    var repeated = new ArrayList<MeaningSpan>();
    for (var span : spans) {
      var same =
          spans.stream()
              .filter(before -> before.start() < cueEnd && span.start() >= cueEnd)
              .filter(before -> isSameSort(before.meaning(), span.meaning()))
              .toList();
      if (!same.isEmpty()) {
        replacing.add(span);
        if (same.stream().anyMatch(before -> before.meaning().equals(span.meaning()))) {
          repeated.add(span);
        } else {
          replaced.addAll(same);
        }
      }
    }
    if (replaced.isEmpty()) {
      return new FallbackSpans(spans, spans, false);
    }
    // A limit between both belongs to the first alone.
    spans.stream()
        .filter(span -> span.meaning() instanceof Cost)
        .filter(span -> span.start() > replaced.getFirst().start() && span.end() <= cueStart)
        .forEach(replaced::add);
    return new FallbackSpans(
        without(spans, replacing), without(without(spans, replaced), repeated), false);
  }

  private static List<MeaningSpan> without(List<MeaningSpan> spans, List<MeaningSpan> some) {
    return spans.stream().filter(span -> !some.contains(span)).toList();
  }

  private static boolean isOptional(Meaning meaning) {
    return switch (meaning) {
      case Word word -> word.topic().isDetail() || word.isOf(Topic.DIRECT);
      case Count count -> count.unit() == Unit.STARS;
      case KnownPlace place -> place.role() == Role.NEAR;
      case GenericPlace place -> place.role() == Role.NEAR || place.role() == Role.IN;
      case Cost _ -> true;
      default -> false;
    };
  }

  private static boolean isNear(Meaning meaning) {
    return (meaning instanceof KnownPlace place && place.role() == Role.NEAR)
        || (meaning instanceof GenericPlace any && any.role() == Role.NEAR);
  }

  private static boolean isSameSort(Meaning one, Meaning other) {
    return switch (one) {
      case Day _, Hours _, Cost _ -> one.getClass() == other.getClass();
      case GenericPlace place -> place.role() == Role.NEAR && isNear(other);
      case KnownPlace place when place.role() == Role.NEAR -> isNear(other);
      case KnownPlace place ->
          other instanceof KnownPlace second
              && place.role() == second.role()
              && place.role() == Role.TO;
      case Count count ->
          count.unit() == Unit.STARS
              && other instanceof Count second
              && second.unit() == Unit.STARS;
      case Word word ->
          other instanceof Word second
              && word.topic() == second.topic()
              && !word.negated()
              && !second.negated()
              && (word.isOf(Topic.CLASS, Topic.SEAT, Topic.ROOM)
                  || (ShopWish.isColour(word.value()) && ShopWish.isColour(second.value())));
      default -> false;
    };
  }
}
