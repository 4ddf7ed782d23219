package org.actsandbox.web.console.grades;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.mission.run.ReasonKind;
import org.actsandbox.web.console.words.PageText;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

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

  /** What stands around the values in an expectation that did not hold. */
  private enum Detail {
    NOTHING("nothing|none|null|[0-9]+ of \\[]"),
    NEVER("never"),
    NEVER_OF("never (.*)"),
    NO("no (.*)"),
    TO_HAVE("to have (.*)"),
    LIST_WITH("a list with (.*)"),
    ELEMENT_WITH("an element (?:with )?(.*)"),
    EXACTLY("exactly (.*)"),
    AT_LEAST("\\{\"at_least\":([0-9]+)} x (.*)"),
    AT_MOST("\\{\"at_most\":([0-9]+)} x (.*)"),
    ONCE("1 x (.*)"),
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
        details.stream().skip(1).map(each -> detail(words, each)));
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

  /** Says the words around the values; the values themselves are the world's own. */
  private static String detail(PageText words, String detail) {
    for (var kind : Detail.values()) {
      var found = kind.pattern.matcher(detail);
      if (found.matches()) {
        var values =
            IntStream.rangeClosed(1, found.groupCount())
                .mapToObj(found::group)
                .map(ReasonText::flat);
        return words.say("grades.detail." + kind.code(), values.toArray());
      }
    }
    return flat(detail);
  }

  /** Writes objects as the paths and values of their members; any other text stays. */
  private static String flat(String text) {
    if (!text.startsWith("{") && !text.startsWith("[{")) {
      return text;
    }
    try {
      var json = Json.parse(text);
      return (json.isArray() ? json.valueStream() : Stream.of(json))
          .map(ReasonText::members)
          .collect(Collectors.joining("; "));
    } catch (JacksonException cut) {
      return text;
    }
  }

  private static String members(JsonNode object) {
    var members = new ArrayList<String>();
    flatten("", object, members);
    return String.join(", ", members);
  }

  private static void flatten(String path, JsonNode value, List<String> members) {
    if (!value.isObject() || value.isEmpty()) {
      members.add(path + " " + (value.isString() ? value.asString() : value.toString()));
      return;
    }
    value
        .properties()
        .forEach(
            each ->
                flatten(
                    path.isEmpty() ? each.getKey() : path + "." + each.getKey(),
                    each.getValue(),
                    members));
  }
}
