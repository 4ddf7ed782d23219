package org.actsandbox.agent.language.understand.draft;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.read.Meaning;
import org.actsandbox.agent.language.read.Meaning.Cost;
import org.actsandbox.agent.language.read.Meaning.Day;
import org.actsandbox.agent.language.read.Meaning.Hours;
import org.actsandbox.agent.language.read.Meaning.Word;
import org.actsandbox.agent.language.read.MeaningSpan;
import org.actsandbox.agent.language.read.Topic;
import org.actsandbox.agent.language.text.Sentence;

/**
 * Divides the meanings of a journey into what is wished first and what is wished only if that is
 * not to be had: "business class if it's under 900, otherwise second".
 *
 * @param first what is searched first
 * @param otherwise what takes the place of meanings of the same sort; empty without a fallback
 * @param nextTrain whether the next train is the fallback of a train at a certain hour
 * @param limitOfFirst whether the price limit belongs to the first wish alone
 */
record FallbackSpans(
    List<MeaningSpan> first, List<MeaningSpan> otherwise, boolean nextTrain, boolean limitOfFirst) {

  private static final Pattern CUE =
      Pattern.compile(
          "没有(?:了|票|座|位)?(?:的话)?[，,]?(?:就|再|那就|才|换)|没有的话|(?:如果|要是|万一|假如)没有?.{1,8}就"
              + "|(?:没票|没座|没位|售完|卖完|卖光)了?(?:的话)?[，,]?(?:就|再|那就|才)?|不然|否则|要不然"
              + "|(?:不行|不成|[买订]不到)(?:的话)?[，,]?(?:就|再|那就|才)|实在不行|要是没"
              + "|\\bif (?:there(?:'s| is| are)|you (?:find|have)) no (?:more )?[a-z ]{1,20}?(?:, ?(?:then )?|\\bthen\\b)"
              + "|\\bif (?:(?:there(?:'s| is| are)?|you (?:find|have)|that's|that is|it's|it is|they(?:'re| are)?|there isn't)"
              + " ?)?(?:none|no(?: more)?|nothing|not|any|sold out|full|gone|unavailable)\\b|\\b(?:failing that|otherwise|or else|else)\\b");

  private static final Pattern NEXT_TRAIN =
      Pattern.compile(
          "[,，、 ]*(?:then |just |就|再|那就|才|也行)*(?:take |get |book |give me |买|坐|订)*(?:the )?(?:\\b(?:next|following)\\b(?! (?:day|week|mon|tues|wednes|thurs|fri|satur|sun))|下一?[班趟个]|后[面一]?的?一?[班趟])");

  private static final Pattern SEPARATOR = Pattern.compile("[,;.，；。]");

  static FallbackSpans of(List<MeaningSpan> spans, Sentence sentence) {
    var text = sentence.plain();
    var cue = CUE.matcher(text);
    if (!cue.find()) {
      return new FallbackSpans(spans, List.of(), false, false);
    }
    var divided = divide(spans, cue.start(), cue.end());
    if (divided.otherwise.isEmpty()) {
      // "Second class if first is sold out": the fallback stands before its condition.
      divided = divide(spans, startOfClause(text, cue.start()), startOfClause(text, cue.start()));
    }
    boolean next =
        divided.otherwise.isEmpty()
            && NEXT_TRAIN.matcher(text.substring(cue.end())).lookingAt()
            && divided.first.stream().anyMatch(span -> span.meaning() instanceof Hours);
    if (!divided.otherwise.isEmpty() || next) {
      sentence.use(cue.start(), cue.end());
    }
    return new FallbackSpans(divided.first, divided.otherwise, next, divided.limitOfFirst);
  }

  private static int startOfClause(String text, int at) {
    int start = 0;
    var separator = SEPARATOR.matcher(text);
    while (separator.find() && separator.end() <= at) {
      start = separator.end();
    }
    return start;
  }

  /** Takes as fallback what follows and has a meaning of the same sort before it. */
  private static FallbackSpans divide(List<MeaningSpan> spans, int cueStart, int cueEnd) {
    var first = new ArrayList<MeaningSpan>();
    var otherwise = new ArrayList<MeaningSpan>();
    int replaced = Integer.MAX_VALUE;
    for (var span : spans) {
      var same =
          spans.stream()
              .filter(before -> before.start() < cueEnd && span.start() >= cueEnd)
              .filter(before -> isSameSort(before.meaning(), span.meaning()))
              .toList();
      if (same.isEmpty()) {
        first.add(span);
      } else if (same.stream().noneMatch(before -> before.meaning().equals(span.meaning()))) {
        otherwise.add(span);
        replaced = Math.min(replaced, same.getFirst().start());
      }
    }
    int from = replaced;
    boolean limitOfFirst =
        spans.stream()
            .anyMatch(
                span ->
                    span.meaning() instanceof Cost
                        && span.start() > from
                        && span.end() <= cueStart);
    return otherwise.isEmpty()
        ? new FallbackSpans(spans, List.of(), false, false)
        : new FallbackSpans(first, otherwise, false, limitOfFirst);
  }

  private static boolean isSameSort(Meaning one, Meaning other) {
    return (one instanceof Day && other instanceof Day)
        || (one instanceof Hours && other instanceof Hours)
        || (isClass(one) && isClass(other));
  }

  private static boolean isClass(Meaning meaning) {
    return meaning instanceof Word word && word.topic() == Topic.CLASS && !word.negated();
  }
}
