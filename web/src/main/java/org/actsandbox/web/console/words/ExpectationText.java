package org.actsandbox.web.console.words;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.actsandbox.protocol.json.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Says in the reader's language what a scenario or a mission expected of the end of a world. */
final class ExpectationText {

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

  private ExpectationText() {}

  /** Says the words around the values; the values themselves are the world's own. */
  static String of(PageText words, String detail) {
    for (var kind : Detail.values()) {
      var found = kind.pattern.matcher(detail);
      if (found.matches()) {
        var values =
            IntStream.rangeClosed(1, found.groupCount())
                .mapToObj(found::group)
                .map(ExpectationText::flat);
        return words.say("grades.detail." + kind.code(), values.toArray());
      }
    }
    return words.served(flat(detail));
  }

  /** Writes objects as the paths and values of their members; any other text stays. */
  private static String flat(String text) {
    if (!text.startsWith("{") && !text.startsWith("[{")) {
      return text;
    }
    try {
      var json = Json.parse(text);
      return (json.isArray() ? json.valueStream() : Stream.of(json))
          .map(ExpectationText::members)
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
