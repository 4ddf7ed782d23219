package org.actsandbox.agent.language.understand;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.actsandbox.agent.language.PlatformChoice;
import org.actsandbox.agent.language.PlatformName;
import org.actsandbox.agent.language.Situation;
import org.actsandbox.agent.language.place.PlaceNames;
import org.actsandbox.agent.language.text.Sentence;

/**
 * Reads on which platforms to search: "not on RailEast", "only from Luma Mart", 除了东方铁路. The names
 * are those of the world, so that merchants from outside are known, too.
 */
public final class PlatformChoiceReader {

  private static final int MIN_NAME_CHARS = 2;

  private static final Pattern EDGE = Pattern.compile("^[\\s，,。;；:：、]+|[\\s，,;；:：、]+$");

  /**
   * Holds what the sentence says about platforms.
   *
   * @param rest the sentence without these words
   * @param strict whether it can mean nothing else, as "not on RailEast" and "only on RailEast";
   *     "on RailEast" may choose an offer that was shown
   */
  record Reading(PlatformChoice choice, String rest, boolean strict) {}

  private PlatformChoiceReader() {}

  /** Returns the choice that holds after the sentence: its own, or the one of an earlier one. */
  public static PlatformChoice choice(String text, Situation situation) {
    return read(text, situation)
        .map(Reading::choice)
        .orElseGet(() -> PlatformChoice.orAll(situation.platformChoice()));
  }

  /** Reads a sentence; empty when it says nothing about platforms. */
  static Optional<Reading> read(String text, Situation situation) {
    if (text.length() > Sentence.MAX_CHARS) {
      return Optional.empty();
    }
    var known = Names.of(situation.platforms());
    var ids = known.ids();
    if (ids.isEmpty()) {
      return Optional.empty();
    }
    var sentence = Sentence.of(text);
    var only = new LinkedHashSet<String>();
    var except = new LinkedHashSet<String>();
    var rest = sentence.original();
    var plain = sentence.plain();
    for (var rule : known.rules()) {
      var matcher = rule.pattern().matcher(plain);
      while (matcher.find()) {
        find(matcher.group("names"), ids).forEach(rule.excluding() ? except::add : only::add);
        var blanks = " ".repeat(matcher.end() - matcher.start());
        plain = plain.substring(0, matcher.start()) + blanks + plain.substring(matcher.end());
        rest = rest.substring(0, matcher.start()) + blanks + rest.substring(matcher.end());
        matcher = rule.pattern().matcher(plain);
      }
    }
    if (only.isEmpty() && except.isEmpty()) {
      var all = Cues.KNOWN.anywhere("all platforms", plain);
      return all.find()
          ? Optional.of(
              new Reading(
                  PlatformChoice.ALL,
                  trimmed(rest.substring(0, all.start()) + " " + rest.substring(all.end())),
                  false))
          : Optional.empty();
    }
    only.removeAll(except);
    return Optional.of(
        new Reading(
            new PlatformChoice(List.copyOf(only), List.copyOf(except)),
            trimmed(rest),
            !except.isEmpty() || Cues.KNOWN.occurs("only", text)));
  }

  private static String trimmed(String rest) {
    return EDGE.matcher(rest).replaceAll("");
  }

  private record Rule(boolean excluding, Pattern pattern) {}

  /** Holds the names of a world's platforms in plain spelling, and the rules that name them. */
  private record Names(
      List<PlatformName> platforms, Map<String, Set<String>> ids, List<Rule> rules) {

    /** The names of the last sentence, which are most often those of the next one. */
    private static volatile Names last = new Names(List.of(), Map.of(), List.of());

    static Names of(List<PlatformName> platforms) {
      var names = last;
      if (!names.platforms().equals(platforms)) {
        var ids = PlatformChoiceReader.ids(platforms);
        names = new Names(List.copyOf(platforms), ids, PlatformChoiceReader.rules(ids.keySet()));
        last = names;
      }
      return names;
    }
  }

  private static List<Rule> rules(Set<String> ids) {
    var name = ids.stream().map(Pattern::quote).collect(Collectors.joining("|"));
    var names =
        "(?<names>(?<![a-z0-9])(?:%1$s)(?![a-z0-9])(?:\\s*(?:\\band\\b|\\bor\\b|,|和|、|跟|与|或者?)\\s*(?:%1$s)(?![a-z0-9]))*)"
            .formatted(name);
    return List.of(
        rule(true, "{not on}%s{on it}{anywhere else}", names),
        rule(true, "%s{except it}{anywhere else}", names),
        rule(false, "{only on}%s{on it}", names));
  }

  private static Rule rule(boolean excluding, String expression, String names) {
    return new Rule(excluding, Pattern.compile(Cues.KNOWN.inFull(expression).formatted(names)));
  }

  private static Set<String> find(String names, Map<String, Set<String>> ids) {
    var found = new LinkedHashSet<String>();
    var rest = names;
    for (var each : ids.entrySet()) {
      if (rest.contains(each.getKey())) {
        found.addAll(each.getValue());
        rest = rest.replace(each.getKey(), " ");
      }
    }
    return found;
  }

  /** Returns the ids by name in plain spelling, the longer names first. */
  private static Map<String, Set<String>> ids(List<PlatformName> platforms) {
    var ids =
        new TreeMap<String, Set<String>>(
            Comparator.comparingInt(String::length)
                .reversed()
                .thenComparing(Comparator.naturalOrder()));
    for (var platform : platforms) {
      for (var name : platform.names()) {
        spellings(name)
            .forEach(
                each -> ids.computeIfAbsent(each, _ -> new LinkedHashSet<>()).add(platform.id()));
      }
    }
    brands(platforms).forEach((brand, sellers) -> ids.putIfAbsent(brand, sellers));
    ids.keySet()
        .removeIf(
            name -> name.length() < MIN_NAME_CHARS || PlaceNames.china().names().containsKey(name));
    return ids;
  }

  /** Returns "rail east" beside "raileast": people write a name with and without blanks. */
  private static List<String> spellings(String name) {
    var spellings = new ArrayList<String>();
    spellings.add(plain(name));
    spellings.add(plain(name.replaceAll("(?<=[a-z])(?=[A-Z0-9])", " ")));
    spellings.add(plain(name).replaceAll("[ -]", ""));
    return spellings.stream().distinct().toList();
  }

  /** Returns the first words that several platforms have in common, such as GoTrip and 顺途. */
  private static Map<String, Set<String>> brands(List<PlatformName> platforms) {
    var sellers = new LinkedHashMap<String, Set<String>>();
    for (var platform : platforms) {
      for (var name : platform.names()) {
        var plain = plain(name);
        var brand =
            plain.isEmpty() || plain.charAt(0) < 0x2E80
                ? plain.split("[ -]", 2)[0]
                : plain.substring(0, Math.min(2, plain.length()));
        sellers.computeIfAbsent(brand, _ -> new LinkedHashSet<>()).add(platform.id());
      }
    }
    sellers.values().removeIf(ids -> ids.size() < 2);
    return sellers;
  }

  private static String plain(String name) {
    return Sentence.of(name).plain().toLowerCase(Locale.ROOT).strip();
  }
}
