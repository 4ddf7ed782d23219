package org.actsandbox.web.console.grades;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.actsandbox.scenarios.mission.run.ReasonKind;
import org.actsandbox.web.console.words.PageText;

/** Says in the reader's language why a mission did not pass. */
final class ReasonText {

  private static final Pattern AMOUNT = Pattern.compile("[0-9]+\\.[0-9]{2}");
  private static final Pattern MERCHANT = Pattern.compile("[a-z][a-z0-9-]*");

  private ReasonText() {}

  /** What stands around the values in an expectation that did not hold. */
  private enum Detail {
    NOTHING("nothing|none|null"),
    NEVER("never"),
    NEVER_OF("never (.*)"),
    NO("no (.*)"),
    TO_HAVE("to have (.*)"),
    LIST_WITH("a list with (.*)"),
    ELEMENT_WITH("an element (?:with )?(.*)"),
    EXACTLY("exactly (.*)"),
    AT_LEAST("\\{\"at_least\":([0-9]+)} x (.*)"),
    AT_MOST("\\{\"at_most\":([0-9]+)} x (.*)"),
    TIMES("([0-9]+) x (.*)"),
    OF("([0-9]+) of (.*)");

    private final Pattern pattern;

    Detail(String pattern) {
      this.pattern = Pattern.compile(pattern, Pattern.DOTALL);
    }

    private String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Returns the sentence; one that is of no kind stays as the grade has it. */
  static String of(PageText words, String reason) {
    return ReasonKind.find(reason).map(found -> said(words, found)).orElse(reason);
  }

  private static String said(PageText words, ReasonKind.Found found) {
    var details =
        found.details().stream()
            .map(
                each -> found.kind() == ReasonKind.UNMET ? detail(words, each) : value(words, each))
            .toList();
    return words.say("grades.reason." + found.kind().code(), details.toArray());
  }

  /** Writes an amount as the console does, and names a merchant; other values stay. */
  private static String value(PageText words, String value) {
    if (AMOUNT.matcher(value).matches()) {
      return words.yuan(value);
    }
    return MERCHANT.matcher(value).matches() ? words.participant("did:act:" + value) : value;
  }

  /** Says the words around the values; the values themselves are the world's own. */
  private static String detail(PageText words, String detail) {
    for (var kind : Detail.values()) {
      var found = kind.pattern.matcher(detail);
      if (found.matches()) {
        var values = IntStream.rangeClosed(1, found.groupCount()).mapToObj(found::group);
        return words.say("grades.detail." + kind.code(), values.toArray());
      }
    }
    return detail;
  }
}
