package org.actsandbox.sandbox.language;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Describes the expected answer of a row of the corpus, and compares it with the facts of the
 * recommended offers and with the words of the answer.
 *
 * <p>Several wishes are joined by " + ". A wish is {@code kind=train} and facts: {@code from to day
 * dep arr class type seat n city in nights guests rooms room near stars name variant total each
 * best breakfast free}. Days count from the corpus' own day (+1) or are month-day. {@code tell=},
 * {@code say=} and {@code ask=} are regular expressions that the answer must contain, the last two
 * without any recommendation; {@code no} is no recommendation at all.
 */
record ExpectedAnswer(String text, LocalDate today) {

  private static final Pattern TOKEN_START =
      Pattern.compile(" (?=[a-z]+(?:=|!=|<=|>=))|(?<=\\S) (?=breakfast\\b|free\\b)");
  private static final Pattern FACT = Pattern.compile("([a-z]+)(!=|<=|>=|=)(.*)");

  /** Holds the final answer of an agent. */
  record Answer(String words, List<JsonNode> recommended, List<JsonNode> shown) {}

  /** Returns the problems of the answer; empty when there are none. */
  List<String> problems(Answer answer) {
    var problems = new ArrayList<String>();
    if (text.equals("no")) {
      if (!answer.recommended().isEmpty()) {
        problems.add("recommends something");
      }
      return problems;
    }
    int wishes = 0;
    for (var part : text.split(" \\+ ", -1)) {
      var tokens = Arrays.stream(TOKEN_START.split(part, -1)).map(String::strip).toList();
      if (part.startsWith("kind=")) {
        wishes++;
        problems.addAll(wish(tokens, answer));
      }
      for (var token : tokens) {
        words(token, answer, problems);
      }
    }
    if (wishes > 0 && answer.recommended().size() > wishes) {
      problems.add("recommends " + answer.recommended().size() + " offers");
    }
    return problems;
  }

  private static void words(String token, Answer answer, List<String> problems) {
    int equals = token.indexOf('=');
    var name = equals < 0 ? token : token.substring(0, equals);
    if (!List.of("tell", "say", "ask").contains(name)) {
      return;
    }
    var wanted = Pattern.compile("(?i)" + token.substring(equals + 1));
    if (!wanted.matcher(answer.words()).find()) {
      problems.add("does not " + token);
    }
    if (name.equals("ask") && !answer.recommended().isEmpty()) {
      problems.add("recommends instead of asking");
    }
  }

  /** Returns the problems of the recommended offer of this kind that fits best. */
  private List<String> wish(List<String> tokens, Answer answer) {
    var kind = tokens.getFirst().substring("kind=".length());
    List<String> fewest = List.of("recommends no " + tokens);
    boolean some = false;
    for (var offer : answer.recommended()) {
      if (!offer.path("offer").path("kind").asString("").equalsIgnoreCase(kind)) {
        continue;
      }
      var problems = new ArrayList<String>();
      tokens.stream().skip(1).forEach(token -> fact(token, offer, answer, problems));
      if (!some || problems.size() < fewest.size()) {
        fewest = problems;
        some = true;
      }
    }
    return fewest;
  }

  private void fact(String token, JsonNode shown, Answer answer, List<String> problems) {
    var details = shown.path("offer").path("details");
    boolean holds =
        switch (token) {
          case "breakfast" -> details.path("breakfast").asBoolean(false);
          case "free" -> details.hasNonNull("cancellable_until");
          default -> {
            var fact = FACT.matcher(token);
            if (!fact.matches()) {
              throw new IllegalArgumentException("no fact: " + token);
            }
            yield holds(
                fact.group(1), fact.group(2), fact.group(3).strip(), shown, details, answer);
          }
        };
    if (!holds) {
      problems.add(token + " does not hold of " + shown.path("offer").path("title"));
    }
  }

  private boolean holds(
      String name, String operator, String value, JsonNode shown, JsonNode details, Answer answer) {
    var offer = shown.path("offer");
    return switch (name) {
      case "tell", "say", "ask" -> true;
      case "from", "to" -> details.path(name).path("en").asString("").startsWith(value);
      case "city" -> details.path("city").path("en").asString("").equals(value);
      case "day" -> isDay(value, details.path("departs").asString("").substring(0, 10));
      case "in" -> isDay(value, details.path("check_in").asString(""));
      case "dep" -> isIn(value, details.path("departs").asString(""));
      case "arr" -> isIn(value, details.path("arrives").asString(""));
      case "class" -> details.path("seat_class").asString("").equals(value);
      case "type" -> details.path("train_no").asString("").matches("(" + value + ").*");
      case "seat" -> details.path("seats_left").path(value).asInt(0) > 0;
      case "n" -> offer.path("quantity").asInt() == Integer.parseInt(value);
      case "nights", "guests", "rooms" -> details.path(name).asInt() == Integer.parseInt(value);
      case "stars" -> details.path("stars").asInt() >= Integer.parseInt(value);
      case "near" -> details.path("near").path("en").asString("").contains(value);
      case "room" -> contains(details.path("room").path("en").asString(""), value);
      case "name" -> contains(offer.path("title").toString(), value);
      case "variant" -> contains(offer.path("title").toString(), value) != operator.equals("!=");
      case "total" -> total(shown).compareTo(new BigDecimal(value)) <= 0;
      case "each" ->
          total(shown).compareTo(new BigDecimal(value).multiply(pieces(offer, details))) <= 0;
      case "best" -> isBest(value, shown, answer);
      default -> throw new IllegalArgumentException("no fact: " + name);
    };
  }

  private static boolean contains(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).find();
  }

  private static BigDecimal total(JsonNode shown) {
    return new BigDecimal(shown.path("total").asString("0"));
  }

  private static BigDecimal pieces(JsonNode offer, JsonNode details) {
    return BigDecimal.valueOf(
        details.has("nights")
            ? (long) details.path("nights").asInt() * details.path("rooms").asInt()
            : offer.path("quantity").asInt());
  }

  private static boolean isBest(String value, JsonNode shown, Answer answer) {
    return answer.shown().stream()
        .filter(other -> other.path("offer").path("kind").equals(shown.path("offer").path("kind")))
        .noneMatch(
            other ->
                value.equals("cheapest")
                    ? total(other).compareTo(total(shown)) < 0
                    : minutes(other) < minutes(shown));
  }

  private static int minutes(JsonNode shown) {
    return shown.path("offer").path("details").path("minutes").asInt();
  }

  private boolean isDay(String values, String day) {
    return Arrays.stream(values.split("\\|", -1)).anyMatch(v -> day(v).toString().equals(day));
  }

  private LocalDate day(String value) {
    if (value.startsWith("+")) {
      return today.plusDays(Integer.parseInt(value.substring(1)));
    }
    var day = LocalDate.parse(today.getYear() + "-" + value);
    return day.isBefore(today) ? day.plusYears(1) : day;
  }

  private static boolean isIn(String range, String moment) {
    var time = moment.substring(11, 16);
    var ends = range.split("-", -1);
    return (ends[0].isEmpty() || time.compareTo(ends[0]) >= 0)
        && (ends[1].isEmpty() || time.compareTo(ends[1]) <= 0);
  }
}
