package org.actsandbox.agent.language.read;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.read.Meaning.Bound;
import org.actsandbox.agent.language.read.Meaning.Day;

/**
 * Joins "from Friday" and "to Sunday", and distinguishes days on which something is from days by
 * which it must be.
 */
final class DayRanges {

  private static final Pattern CONNECTION =
      Pattern.compile(" ?(?:to|till|til|until|through|thru|and|-|~|到|至|直到) ?(?:on |the )?");
  private static final Pattern BY_BEFORE =
      Pattern.compile(
          "(?:\\b(?:by|before|no later than|not later than|at the latest) (?:the )?(?:end of )?|最晚|最迟|赶在)$");
  private static final Pattern BY_AFTER =
      Pattern.compile("^ ?(?:之前|以前|前|就?要?送到|送达|就?能?到货|能到|就?要到|就?要用|at the latest).*");
  private static final Pattern UNTIL_BEFORE =
      Pattern.compile(
          "(?:\\b(?:until|till|til|through|thru|check(?:ing)?[ -]?out(?: on)?|leaving(?: on)?) |(?:到|至|直到|离店|退房))$");
  private static final Pattern UNTIL_AFTER = Pattern.compile("^ ?(?:退房|离店|离开).*");

  private DayRanges() {}

  static Bound bound(String before, String after) {
    if (BY_BEFORE.matcher(before).find() || BY_AFTER.matcher(after).matches()) {
      return Bound.BY;
    }
    return UNTIL_BEFORE.matcher(before).find() || UNTIL_AFTER.matcher(after).matches()
        ? Bound.UNTIL
        : Bound.ON;
  }

  static List<MeaningSpan> join(String text, List<MeaningSpan> meaningSpans) {
    Collections.sort(meaningSpans);
    var joined = new ArrayList<MeaningSpan>();
    for (var meaningSpan : meaningSpans) {
      var last = joined.isEmpty() ? null : joined.getLast();
      if (last != null
          && last.meaning() instanceof Day from
          && meaningSpan.meaning() instanceof Day to
          && to.first().isAfter(from.first())
          && connects(text, last, meaningSpan)) {
        joined.removeLast();
        joined.add(
            new MeaningSpan(
                last.start(), meaningSpan.end(), new Day(from.first(), to.last(), Bound.ON)));
      } else {
        joined.add(meaningSpan);
      }
    }
    return joined;
  }

  private static boolean connects(String text, MeaningSpan last, MeaningSpan next) {
    var between = text.substring(last.end(), next.start());
    if (!CONNECTION.matcher(between).matches()) {
      return false;
    }
    return !between.contains("and") || text.substring(0, last.start()).endsWith("between ");
  }
}
