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

  private static final String EXCEPT_BEFORE =
      "(?:不要|别|不想|不用|不在|不从|不去|除了|除开|除去|排除|避开|不考虑"
          + "|\\b(?:not|no|never|without|except(?: for)?|anything but|anywhere but|other than"
          + "|any(?:thing|where|one) other than|avoid(?:ing)?|but not|exclud(?:e|ing)|skip|don't|do not)\\b)"
          + "(?:\\s*(?:再|要|想|用|在|从|去|到|上|买|订|问|找|看|的|那个"
          + "|\\b(?:on|from|at|via|with|through|using|use|want|try|ask|search|buy(?:ing)?|book(?:ing)?|anything|it|them|the|platform)\\b))*\\s*";
  private static final String EXCEPT_AFTER = "(?:上|里|家|的|那家|那个|平台|网站)*\\s*(?:除外|以外|之外|不要|不考虑|不行)";
  private static final String ONLY_BEFORE =
      "(?:(?:请|就|只|仅|都)?(?:只要|只问|只看|只考虑|在|从|用|通过|去|上)"
          + "|\\b(?:only|just)?\\s*\\b(?:on|from|at|via|through|using|use|try|ask)\\b(?:\\s*(?:only|just|the)\\b)*|\\bonly\\b)\\s*";
  private static final String AFTER =
      "(?:\\s*(?:上面?|那里|那边|那个|平台|网站|这家|那家|的(?=[票酒车房])"
          + "|\\b(?:only|alone|please|platform)\\b))*"
          + "(?:\\s*(?:买|订|找|看|查)(?=[，,。 ]|$))?";

  /** Words that mean the other platforms and add nothing to the choice. */
  private static final String OTHERS =
      "(?:[，,;；。:]?\\s*(?:(?:别的|其他的?|其它的?|另外的?)(?:平台|网站|商家|店|地方|家)?(?:都|也)?(?:行|可以|随便|成)"
          + "|\\b(?:anywhere else(?: is fine)?|any other (?:platform|site|shop|merchant)|elsewhere)\\b))?";

  /** Asks all platforms again. */
  private static final Pattern ALL =
      Pattern.compile(
          "\\b(?:on )?(?:any|all|every) (?:platforms?|sites?)(?: (?:is|are) fine)?\\b"
              + "|(?:所有|哪个|任何|全部)平台(?:都|均)?(?:行|可以|问|看|找)?|平台(?:不限|随便|都行|都可以)");

  private static final Pattern LIMITING = Pattern.compile("(?i)\\b(?:only|just)\\b|[只仅]");

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
      var all = ALL.matcher(plain);
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
            !except.isEmpty() || LIMITING.matcher(text).find()));
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
        new Rule(true, Pattern.compile(EXCEPT_BEFORE + names + AFTER + OTHERS)),
        new Rule(true, Pattern.compile(names + EXCEPT_AFTER + OTHERS)),
        new Rule(false, Pattern.compile(ONLY_BEFORE + names + AFTER)));
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
