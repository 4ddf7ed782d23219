package org.actsandbox.scenarios.engine.expect;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.engine.value.ExpectationMatcher;
import org.actsandbox.scenarios.engine.value.Mismatch;
import tools.jackson.databind.JsonNode;

/**
 * Checks what the journal must contain, must not contain, and which words each participant
 * received.
 */
final class JournalExpectations {

  private static final Pattern LATIN = Pattern.compile("[A-Za-z0-9]");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+(?:\\.[0-9]+)?");

  private JournalExpectations() {}

  static List<Mismatch> judge(List<JsonNode> journal, JsonNode wanted) {
    List<Mismatch> found = new ArrayList<>();
    for (var entry : wanted.path("has")) {
      found.addAll(
          StateExpectations.counted("journal.has", entry, journal, JournalExpectations::fits));
    }
    for (var entry : wanted.path("never")) {
      journal.stream()
          .filter(each -> fits(entry, each))
          .findFirst()
          .ifPresent(
              each ->
                  found.add(
                      new Mismatch(
                          "journal.never",
                          "no " + ExpectationMatcher.describe(entry),
                          JournalLines.line(each))));
    }
    found.addAll(order(journal, wanted.path("order")));
    return found;
  }

  /**
   * Checks the words in the messages that a participant received, which are requests to it and
   * answers to its own requests.
   */
  static List<Mismatch> checkKnowledge(List<JsonNode> journal, JsonNode wanted) {
    List<Mismatch> found = new ArrayList<>();
    for (var who : wanted.properties()) {
      var received =
          journal.stream()
              .filter(entry -> entry.path("kind").asString().equals("EXCHANGE"))
              .flatMap(entry -> received(who.getKey(), entry))
              .collect(Collectors.joining("\n"));
      if (received.isEmpty()) {
        found.add(new Mismatch("knows." + who.getKey(), "a participant that got messages", "none"));
      }
      who.getValue()
          .path("has")
          .forEach(
              word -> {
                if (indexOf(received, ExpectationMatcher.text(word)) < 0) {
                  found.add(new Mismatch("knows." + who.getKey(), "to have " + word, "never"));
                }
              });
      who.getValue()
          .path("not")
          .forEach(
              word -> {
                if (indexOf(received, ExpectationMatcher.text(word)) >= 0) {
                  found.add(
                      new Mismatch(
                          "knows." + who.getKey(),
                          "never " + word,
                          around(received, ExpectationMatcher.text(word))));
                }
              });
    }
    return found;
  }

  /**
   * Finds a word in a text; returns -1 if it is absent. Signatures and digests contain arbitrary
   * letters and digits, so a word that begins with a letter or digit counts only at the start of a
   * word, and a number only as a whole.
   */
  private static int indexOf(String text, String word) {
    var starts = LATIN.matcher(word).lookingAt() ? "(?<![A-Za-z0-9_-])" : "";
    var number = NUMBER.matcher(word).matches();
    var pattern =
        Pattern.compile(
            (number ? "(?<!\\.)" : "")
                + starts
                + Pattern.quote(word)
                + (number ? "(?![A-Za-z0-9_-]|\\.[0-9])" : ""));
    var found = pattern.matcher(text);
    return found.find() ? found.start() : -1;
  }

  static boolean fits(JsonNode wanted, JsonNode entry) {
    for (var field : wanted.properties()) {
      boolean fits =
          switch (field.getKey()) {
            case "from" -> isName(field.getValue(), entry.path("actor"));
            case "to" -> isReceiver(field.getValue().asString(), entry);
            case "method", "status" ->
                ExpectationMatcher.matches(
                    field.getValue(), entry.path("data").path(field.getKey()));
            case "code" -> ExpectationMatcher.matches(field.getValue(), code(entry));
            default ->
                field.getKey().startsWith("/")
                    ? ExpectationMatcher.matches(field.getValue(), entry.at(field.getKey()))
                    : ExpectationMatcher.matches(field.getValue(), entry.path(field.getKey()));
          };
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static List<Mismatch> order(List<JsonNode> journal, JsonNode wanted) {
    int from = 0;
    for (int i = 0; i < wanted.size(); i++) {
      int hit = from;
      while (hit < journal.size() && !fits(wanted.get(i), journal.get(hit))) {
        hit++;
      }
      if (hit == journal.size()) {
        return List.of(
            new Mismatch(
                "journal.order[" + i + "]",
                ExpectationMatcher.describe(wanted.get(i)) + " after what comes before it",
                "no such entry after "
                    + (from == 0 ? "the start" : JournalLines.line(journal.get(from - 1)))));
      }
      from = hit + 1;
    }
    return List.of();
  }

  private static boolean isName(JsonNode wanted, JsonNode did) {
    return wanted.asString().equals(JournalLines.name(did)) || wanted.equals(did);
  }

  private static boolean isReceiver(String wanted, JsonNode entry) {
    return wanted.startsWith("/")
        ? glob(wanted).matcher(entry.at("/data/path").asString("")).matches()
        : isName(Json.tree(wanted), entry.path("peer"));
  }

  /**
   * Converts a path into a pattern: {@code *} is one segment, {@code **} any number of segments; a
   * query may follow.
   */
  private static Pattern glob(String path) {
    var regex =
        java.util.Arrays.stream(path.split("(?<=\\*)(?!\\*)|(?<!\\*)(?=\\*)"))
            .map(
                part ->
                    switch (part) {
                      case "*" -> "[^/?]*";
                      case "**" -> ".*";
                      default -> Pattern.quote(part);
                    })
            .collect(Collectors.joining());
    return Pattern.compile(regex + "(\\?.*)?");
  }

  private static JsonNode code(JsonNode entry) {
    var body = entry.at("/data/response_body/json");
    var codes =
        new JsonNode[] {entry.at("/data/code"), body.at("/error/details/code"), body.path("code")};
    for (var code : codes) {
      if (code.isString()) {
        return code;
      }
    }
    return codes[0];
  }

  private static java.util.stream.Stream<String> received(String who, JsonNode entry) {
    var texts = new ArrayList<String>();
    var data = entry.path("data");
    if (isName(Json.tree(who), entry.path("peer"))) {
      texts.add(body(data.path("request_body")) + data.path("path").asString(""));
    }
    if (isName(Json.tree(who), entry.path("actor"))) {
      texts.add(body(data.path("response_body")));
      // The content of A402 headers counts as received as well.
      texts.add(data.path("decoded").toString());
    }
    return texts.stream();
  }

  private static String body(JsonNode body) {
    return body.path("json").isMissingNode()
        ? body.path("text").asString("")
        : body.path("json").toString();
  }

  private static String around(String text, String word) {
    int at = indexOf(text, word);
    return "…" + text.substring(Math.max(0, at - 60), Math.min(text.length(), at + 60)) + "…";
  }
}
