package org.actsandbox.agent.language.read;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.agent.language.place.PlaceNames;
import org.actsandbox.agent.language.read.Meaning.Word;
import org.actsandbox.agent.language.text.Sentence;
import org.actsandbox.protocol.vocabulary.WordLists;

/** Holds the English words that the agent knows, to tell a typing error from an unknown word. */
public final class KnownWords {

  private static final List<String> VALUES = WordReader.RULES.part("of values");
  private static final Set<String> CORRECTIONS = new HashSet<>(VALUES);
  private static final Set<String> ALL = new HashSet<>();

  static {
    for (var line : LexiconLine.ALL) {
      for (var form : line.forms()) {
        for (var word : form.split("[ -]", -1)) {
          if (word.matches("[a-z]{5,}") && line.topic() != Topic.BRAND) {
            CORRECTIONS.add(word);
          }
          ALL.add(word);
        }
      }
    }
    for (var wish : UnsupportedWish.ALL) {
      wish.forms().forEach(form -> ALL.addAll(Arrays.asList(form.split("[ -]", -1))));
    }
    PlaceNames.china()
        .names()
        .keySet()
        .forEach(name -> ALL.addAll(Arrays.asList(name.split("[ -]", -1))));
    WordLists.lines(KnownWords.class, "english.txt")
        .forEach(line -> ALL.addAll(Arrays.asList(line.split(" ", -1))));
    CORRECTIONS.removeIf(UnreadWords::isFiller);
    ALL.addAll(CORRECTIONS);
    ALL.addAll(VALUES);
  }

  /** The features that the lexicon knows, with their Chinese names. */
  private static final Map<String, String> FEATURES = chineseNames(Topic.FEATURE);

  private static final Map<String, String> BRANDS = chineseNames(Topic.BRAND);

  private static final Pattern MEASURE =
      Pattern.compile("(at least |at most |over |under )?(\\d+(?:\\.\\d+)?) ?([a-z]+)");

  private static final Map<String, String> BOUNDS =
      Map.of("at least", "至少 ", "at most", "最多 ", "over", "超过 ", "under", "不到 ");

  private static final Map<String, String> UNITS =
      Map.of(
          "mah", "毫安时", "ml", "毫升", "l", "升", "cm", "厘米", "m", "米", "w", "瓦", "inch", "英寸", "kg",
          "公斤", "g", "克");

  private KnownWords() {}

  private static Map<String, String> chineseNames(Topic topic) {
    return LexiconLine.ALL.stream()
        .filter(line -> line.topic() == topic)
        .collect(
            Collectors.toUnmodifiableMap(
                LexiconLine::value,
                line ->
                    line.forms().stream()
                        .filter(form -> form.charAt(0) > 0x2E80)
                        .findFirst()
                        .orElse(line.value()),
                (first, _) -> first));
  }

  public static boolean isBrand(String name) {
    return BRANDS.containsKey(name);
  }

  /** Returns the feature and all other names that the lexicon has for it, in both languages. */
  public static Set<String> names(String feature) {
    return LexiconLine.ALL.stream()
        .filter(line -> line.topic() == Topic.FEATURE || line.topic() == Topic.BRAND)
        .filter(line -> line.value().equals(feature))
        .flatMap(line -> line.forms().stream())
        .filter(form -> form.length() > 1)
        .collect(Collectors.toCollection(() -> new HashSet<>(Set.of(feature))));
  }

  /** Returns whether the agent understands the feature, or whether it is a measure. */
  public static boolean isFeature(String feature) {
    return ShopWish.alternatives(feature).stream()
        .allMatch(
            each ->
                FEATURES.containsKey(each)
                    || each.matches(
                        "(?:(?:at least|at most|over|under) )?(?:size )?\\d.*|size .*"));
  }

  /**
   * Returns the categories of goods that the words name; empty for goods that the lexicon lacks.
   */
  public static Set<String> categories(String words) {
    return WordReader.read(Sentence.of(words)).stream()
        .flatMap(mark -> mark.meaning() instanceof Word word ? Stream.of(word) : Stream.empty())
        .filter(word -> word.topic() == Topic.PRODUCT)
        .map(Word::value)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Returns the unknown Chinese words before the goods that a name ends with: 速溶 of 速溶咖啡. */
  public static Optional<String> describing(String name) {
    var marks = WordReader.read(Sentence.of(name));
    return marks.stream()
        .filter(
            mark ->
                mark.meaning() instanceof Word word
                    && word.topic() == Topic.PRODUCT
                    && mark.end() == name.length()
                    && marks.stream().noneMatch(other -> other.start() < mark.start()))
        .map(mark -> name.substring(0, mark.start()))
        .filter(words -> words.length() > 1 && words.codePoints().allMatch(c -> c > 0x2E80))
        .findFirst();
  }

  /**
   * Returns a feature or a brand by its Chinese name; the principal's own words stay as they are.
   */
  public static String inChinese(String feature) {
    return ShopWish.alternatives(feature).stream()
        .map(
            each ->
                each.startsWith("size ")
                    ? "尺码 " + each.substring(5).toUpperCase(Locale.ROOT)
                    : FEATURES.getOrDefault(each, BRANDS.getOrDefault(each, each)))
        .map(KnownWords::measureInChinese)
        .collect(Collectors.joining("或"));
  }

  private static String measureInChinese(String feature) {
    var measure = MEASURE.matcher(feature);
    return measure.matches()
        ? (measure.group(1) == null ? "" : BOUNDS.getOrDefault(measure.group(1).strip(), ""))
            + measure.group(2)
            + " "
            + UNITS.getOrDefault(measure.group(3), measure.group(3))
        : feature;
  }

  /** Returns whether the word is known, in singular or plural, or is a word without content. */
  public static boolean knows(String word) {
    return ALL.contains(word)
        || UnreadWords.isFiller(word)
        || ALL.contains(word.replaceFirst("e?s$", ""))
        || ALL.contains(word.replaceFirst("(?:ing|ed|er|ly)$", ""));
  }

  /** Returns the words that a typing error is corrected to. */
  public static Set<String> corrections() {
    return CORRECTIONS;
  }
}
