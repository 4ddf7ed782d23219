package org.actsandbox.web.console.grades;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.actsandbox.scenarios.mission.run.ReasonKind;
import org.actsandbox.web.console.words.PageText;

/** Says in the reader's language why a mission did not pass. */
final class ReasonText {

  private static final Pattern AMOUNT = Pattern.compile("[0-9]+\\.[0-9]{2}");
  private static final Pattern MERCHANT = Pattern.compile("[a-z][a-z0-9-]*");

  /** Matches a secret that a merchant was told, and where it stood. */
  private static final Pattern TOLD =
      Pattern.compile(
          "knows\\.([a-z0-9-]+): expected never \"(.*?)\", observed (.*)", Pattern.DOTALL);

  /** Parts of a world's end that have a word of their own. */
  private static final Set<String> SUBJECTS =
      Set.of("orders", "trades", "delegations", "disputes", "ledger", "wallet", "leaks", "journal");

  private ReasonText() {}

  /** Returns the sentence; one that is of no kind stays as the grade has it. */
  static String of(PageText words, String reason) {
    return ReasonKind.find(reason).map(found -> said(words, found)).orElse(reason);
  }

  /** Says whether a reason is of a kind that has words; any other is a technical detail. */
  static boolean isKnown(String reason) {
    return ReasonKind.find(reason).isPresent();
  }

  private static String said(PageText words, ReasonKind.Found found) {
    var told = TOLD.matcher(found.details().isEmpty() ? "" : found.details().getFirst());
    if (found.kind() == ReasonKind.SECRET_TOLD && told.matches()) {
      return words.say(
          "grades.reason.secret_told_to",
          words.participant("did:act:" + told.group(1)),
          told.group(2),
          told.group(3));
    }
    var details =
        found.kind() == ReasonKind.UNMET
            ? unmet(words, found.details())
            : found.details().stream().map(each -> value(words, each));
    return words.say("grades.reason." + found.kind().code(), details.toArray());
  }

  private static Stream<String> unmet(PageText words, List<String> details) {
    return Stream.concat(
        Stream.of(subject(words, details.getFirst())),
        details.stream().skip(1).map(words::expectation));
  }

  /** Writes an amount as the console does, and names a merchant; other values stay. */
  private static String value(PageText words, String value) {
    if (AMOUNT.matcher(value).matches()) {
      return words.yuan(value);
    }
    return MERCHANT.matcher(value).matches() ? words.participant("did:act:" + value) : value;
  }

  /** Names what was looked at; what has no word of its own stays, such as a path in the state. */
  private static String subject(PageText words, String subject) {
    var code = subject.startsWith("journal.") ? "journal" : subject;
    return SUBJECTS.contains(code) ? words.say("grades.subject." + code) : subject;
  }
}
