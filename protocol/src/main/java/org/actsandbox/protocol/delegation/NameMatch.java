package org.actsandbox.protocol.delegation;

import java.text.Normalizer;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Compares the words of an authority with the names that a merchant signs. Ours: a thing may be
 * bought as {@code what} when one of its names is wholly in {@code what}, and {@code what} has no
 * word that neither a name nor an attribute has. So "phone" buys no phone charger, and "red
 * umbrella" no black one.
 */
public final class NameMatch {

  private static final Pattern LATIN =
      Pattern.compile("[\\p{IsLatin}\\p{N}]+(?:[.-][\\p{IsLatin}\\p{N}]+)*");
  private static final Pattern IDEOGRAPHS = Pattern.compile("\\p{IsIdeographic}+");
  private static final Pattern HYPHEN = Pattern.compile("-");

  /** Words that name nothing. */
  private static final Set<String> EMPTY =
      Set.of("a", "an", "the", "of", "for", "with", "and", "one", "some", "my", "pair", "piece");

  private static final String EMPTY_IDEOGRAPHS = "的个把只件一双台本盒瓶包条套部张份和带";

  private static final List<String> PLACE_ENDINGS =
      List.of("railwaystation", "trainstation", "station", "火车站", "高铁站", "站", "市");

  private NameMatch() {}

  /** Whether the text has a word that could name a thing. */
  static boolean saysAnything(String what) {
    return words(what, true).stream().anyMatch(word -> !EMPTY.contains(word))
        || runs(what).stream().anyMatch(run -> !isEmpty(run));
  }

  /** Whether a thing of these names and attributes is what {@code what} says. */
  public static boolean isCalled(
      String what, Collection<String> names, Collection<String> attributes) {
    var wished = words(what, true);
    var runs = runs(what);
    return names.stream().anyMatch(name -> isWithin(name, wished, runs))
        && isCovered(what, names, attributes, true);
  }

  /** Whether the thing is told apart by this attribute: "red", but not by a "red-switch". */
  public static boolean has(
      String attribute, Collection<String> names, Collection<String> attributes) {
    return isCovered(attribute, names, attributes, false);
  }

  /** Whether one of a place's names is the wished one. */
  public static boolean isPlace(String wished, Collection<String> names) {
    var key = place(wished);
    return names.stream().map(NameMatch::place).anyMatch(key::equals);
  }

  private static boolean isWithin(String name, Set<String> wished, List<String> wishedRuns) {
    var words = words(name, true);
    var runs = runs(name);
    return !(words.isEmpty() && runs.isEmpty())
        && wished.containsAll(words)
        && runs.stream()
            .allMatch(run -> wishedRuns.stream().anyMatch(wishedRun -> wishedRun.contains(run)));
  }

  private static boolean isCovered(
      String wished, Collection<String> names, Collection<String> attributes, boolean parts) {
    var known = new HashSet<>(EMPTY);
    Stream.concat(names.stream(), attributes.stream())
        .forEach(label -> known.addAll(words(label, parts)));
    var labels =
        Stream.concat(names.stream(), attributes.stream()).flatMap(each -> runs(each).stream());
    var singles = attributes.stream().flatMap(each -> runs(each).stream()).toList();
    var pieces = labels.toList();
    return known.containsAll(words(wished, parts))
        && runs(wished).stream().allMatch(run -> isCovered(run, pieces, singles));
  }

  /** Whether the run is put together from pieces of labels; single signs only from attributes. */
  private static boolean isCovered(String run, List<String> labels, List<String> attributes) {
    var reached = new boolean[run.length() + 1];
    reached[0] = true;
    for (int from = 0; from < run.length(); from++) {
      for (int to = from + 1; reached[from] && to <= run.length(); to++) {
        var piece = run.substring(from, to);
        boolean single = piece.length() == 1;
        reached[to] |=
            isEmpty(piece)
                || labels.contains(piece)
                || (single ? attributes : labels).stream().anyMatch(each -> each.contains(piece));
      }
    }
    return reached[run.length()];
  }

  private static boolean isEmpty(String run) {
    return run.chars().allMatch(sign -> EMPTY_IDEOGRAPHS.indexOf(sign) >= 0);
  }

  /**
   * @param parts whether the parts of a word with hyphens count by themselves
   */
  private static Set<String> words(String text, boolean parts) {
    var found = new HashSet<String>();
    LATIN
        .matcher(normal(text))
        .results()
        .flatMap(match -> parts ? HYPHEN.splitAsStream(match.group()) : Stream.of(match.group()))
        .map(NameMatch::singular)
        .forEach(found::add);
    return found;
  }

  private static List<String> runs(String text) {
    return IDEOGRAPHS.matcher(normal(text)).results().map(match -> match.group()).toList();
  }

  private static String singular(String word) {
    if (word.length() > 4 && word.matches(".*(ch|sh|ss|x)es")) {
      return word.substring(0, word.length() - 2);
    }
    return word.length() > 3 && word.endsWith("s") && !word.endsWith("ss")
        ? word.substring(0, word.length() - 1)
        : word;
  }

  private static String place(String name) {
    var key = normal(name).replaceAll("[\\s'’-]", "");
    for (var ending : PLACE_ENDINGS) {
      if (key.endsWith(ending) && key.length() > ending.length()) {
        return key.substring(0, key.length() - ending.length());
      }
    }
    return key;
  }

  private static String normal(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT).strip();
  }
}
