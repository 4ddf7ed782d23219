package org.actsandbox.protocol.document;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds the Chinese of English sentences that stand beside the code that says them. A line of its
 * file is {@code English pattern = Chinese pattern}; {@code {0}} is the place of the first value. A
 * line that begins with a number sign is a comment.
 */
public final class SentenceCatalog {

  private static final Pattern PLACE = Pattern.compile("\\{([0-9])}");

  /** A value with two words in a row is prose, which has to be known itself. */
  private static final Pattern PROSE = Pattern.compile("\\b[a-z]{2,} [a-z]{2,}\\b");

  /** Longer texts are no sentences of the server, and would only cost time. */
  private static final int MOST_CHARS = 1_000;

  private record Form(Pattern english, List<Integer> places, String chinese) {}

  private final Map<String, String> chinese = new LinkedHashMap<>();
  private final List<Form> forms = new ArrayList<>();

  private SentenceCatalog(List<String> lines) {
    for (var line : lines) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      int equals = line.indexOf(" = ");
      if (equals < 0) {
        throw new IllegalStateException("expected English = Chinese, observed: " + line);
      }
      var english = line.substring(0, equals);
      if (chinese.put(english, line.substring(equals + 3)) != null) {
        throw new IllegalStateException("stands twice: " + english);
      }
    }
    chinese.keySet().stream()
        .filter(english -> PLACE.matcher(english).find())
        // If two forms fit, the one with more fixed words is taken, because it says more.
        .sorted(Comparator.comparingInt(SentenceCatalog::words).reversed())
        .forEach(english -> forms.add(form(english, chinese.getOrDefault(english, english))));
  }

  /** Reads files that stand beside a class, as if they were one. */
  public static SentenceCatalog of(Class<?> owner, String... names) {
    return new SentenceCatalog(
        Arrays.stream(names).flatMap(name -> lines(owner, name).stream()).toList());
  }

  private static List<String> lines(Class<?> owner, String name) {
    try (var reader =
        new InputStreamReader(
            Objects.requireNonNull(owner.getResourceAsStream(name), name),
            StandardCharsets.UTF_8)) {
      return reader.readAllLines();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static int words(String english) {
    return PLACE.matcher(english).replaceAll("").length();
  }

  private static Form form(String english, String chinese) {
    var regex = new StringBuilder();
    var places = new ArrayList<Integer>();
    var matcher = PLACE.matcher(english);
    int end = 0;
    while (matcher.find()) {
      regex.append(Pattern.quote(english.substring(end, matcher.start()))).append("(.+?)");
      places.add(Integer.parseInt(matcher.group(1)));
      end = matcher.end();
    }
    regex.append(Pattern.quote(english.substring(end)));
    return new Form(Pattern.compile(regex.toString(), Pattern.DOTALL), places, chinese);
  }

  /** Returns the English patterns that have a Chinese one. */
  public Set<String> patterns() {
    return Set.copyOf(chinese.keySet());
  }

  /** Returns the Chinese pattern; the English one if there is none. */
  public String pattern(String english) {
    return chinese.getOrDefault(english, english);
  }

  /** Returns the Chinese of a sentence that came with its values in it; empty if it is unknown. */
  public Optional<String> translate(String sentence) {
    var whole = chinese.get(sentence);
    if (whole != null) {
      return Optional.of(whole);
    }
    if (sentence.length() > MOST_CHARS) {
      return Optional.empty();
    }
    for (var form : forms) {
      var matcher = form.english().matcher(sentence);
      if (matcher.matches() && areValues(matcher)) {
        return Optional.of(
            fill(
                form.chinese(), place -> pattern(matcher.group(form.places().indexOf(place) + 1))));
      }
    }
    return Optional.empty();
  }

  private boolean areValues(Matcher matcher) {
    for (int i = 1; i <= matcher.groupCount(); i++) {
      var value = matcher.group(i);
      if (!chinese.containsKey(value) && PROSE.matcher(value).find()) {
        return false;
      }
    }
    return true;
  }

  /** Returns a pattern with the values at their places. */
  public static String fill(String pattern, IntFunction<String> value) {
    return PLACE
        .matcher(pattern)
        .replaceAll(
            place -> Matcher.quoteReplacement(value.apply(Integer.parseInt(place.group(1)))));
  }
}
