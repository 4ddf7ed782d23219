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
 * Compares the words of an authority with the names that a merchant signs. Ours: an item matches
 * {@code wanted} if {@code wanted} contains all words of one of its names, and has no word that
 * neither a name nor an attribute has. So "phone" does not match a phone charger, and "red
 * umbrella" does not match a black one.
 */
public final class NameMatch {

  private static final Pattern LATIN =
      Pattern.compile("[\\p{IsLatin}\\p{N}]+(?:[.-][\\p{IsLatin}\\p{N}]+)*");
  private static final Pattern IDEOGRAPHS = Pattern.compile("\\p{IsIdeographic}+");
  private static final Pattern HYPHEN = Pattern.compile("-");

  /** Words without meaning for the comparison. */
  private static final Set<String> STOP_WORDS =
      Set.of("a", "an", "the", "of", "for", "with", "and", "one", "some", "my", "pair", "piece");

  private static final String STOP_IDEOGRAPHS = "的个把只件一双台本盒瓶包条套部张份和带";

  private static final List<String> PLACE_ENDINGS =
      List.of("railwaystation", "trainstation", "station", "火车站", "高铁站", "站", "市");

  private NameMatch() {}

  /** Returns whether the text has a word that could name an item. */
  static boolean namesAnItem(String wanted) {
    return words(wanted, true).stream().anyMatch(word -> !STOP_WORDS.contains(word))
        || runs(wanted).stream().anyMatch(run -> !isStopRun(run));
  }

  /** Returns whether an item with these names and attributes matches the wanted words. */
  public static boolean matches(
      String wanted, Collection<String> names, Collection<String> attributes) {
    var wantedWords = words(wanted, true);
    var wantedRuns = runs(wanted);
    return names.stream().anyMatch(name -> isWithin(name, wantedWords, wantedRuns))
        && isCovered(wanted, names, attributes, true);
  }

  /**
   * Returns whether an item has this attribute. Words with hyphens must match as a whole, so "red"
   * does not match a "red-switch".
   */
  public static boolean hasAttribute(
      String attribute, Collection<String> names, Collection<String> attributes) {
    return isCovered(attribute, names, attributes, false);
  }

  /** Returns whether one of a place's names is the wanted one, with or without "station". */
  public static boolean isSamePlace(String wanted, Collection<String> names) {
    var key = place(wanted);
    return names.stream().map(NameMatch::place).anyMatch(key::equals);
  }

  private static boolean isWithin(String name, Set<String> wantedWords, List<String> wantedRuns) {
    var words = words(name, true);
    var runs = runs(name);
    return !(words.isEmpty() && runs.isEmpty())
        && wantedWords.containsAll(words)
        && runs.stream()
            .allMatch(run -> wantedRuns.stream().anyMatch(wantedRun -> wantedRun.contains(run)));
  }

  private static boolean isCovered(
      String wanted, Collection<String> names, Collection<String> attributes, boolean parts) {
    var known = new HashSet<>(STOP_WORDS);
    Stream.concat(names.stream(), attributes.stream())
        .forEach(label -> known.addAll(words(label, parts)));
    var labels =
        Stream.concat(names.stream(), attributes.stream()).flatMap(each -> runs(each).stream());
    var singles = attributes.stream().flatMap(each -> runs(each).stream()).toList();
    var pieces = labels.toList();
    return known.containsAll(words(wanted, parts))
        && runs(wanted).stream().allMatch(run -> isCovered(run, pieces, singles));
  }

  /**
   * Returns whether pieces of labels together make the run of ideographs. A single ideograph may
   * come from attributes only.
   */
  private static boolean isCovered(String run, List<String> labels, List<String> attributes) {
    var reached = new boolean[run.length() + 1];
    reached[0] = true;
    for (int from = 0; from < run.length(); from++) {
      for (int to = from + 1; reached[from] && to <= run.length(); to++) {
        var piece = run.substring(from, to);
        boolean single = piece.length() == 1;
        reached[to] |=
            isStopRun(piece)
                || labels.contains(piece)
                || (single ? attributes : labels).stream().anyMatch(each -> each.contains(piece));
      }
    }
    return reached[run.length()];
  }

  private static boolean isStopRun(String run) {
    return run.chars().allMatch(sign -> STOP_IDEOGRAPHS.indexOf(sign) >= 0);
  }

  /**
   * Returns the Latin words of a text in lower case and singular.
   *
   * @param parts whether a word with hyphens is split into its parts
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

  /** Returns the runs of adjacent ideographs in a text. */
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
