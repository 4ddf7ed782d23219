package org.actsandbox.agent.language.understand;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.place.PlaceNames;
import org.actsandbox.agent.language.read.KnownWords;
import org.actsandbox.agent.language.read.RuleFile;
import org.actsandbox.agent.language.read.RuleFile.Rule;
import org.actsandbox.agent.language.text.RequiredWords;
import org.actsandbox.protocol.vocabulary.ChineseCharacters;

/**
 * Corrects typing errors in English words that no list knows. Names of places stay as they are; for
 * those the agent asks.
 *
 * @param changed the written words and the words that they were read as
 */
record SpellingCorrection(String text, Map<String, String> changed) {

  private static final Pattern WORD =
      Pattern.compile("(?<![\\p{L}\\d'-])[A-Za-z]{5,16}(?![\\p{L}\\d'-])");

  /**
   * Two errors are corrected from this length on, because shorter words have too many neighbours.
   */
  private static final int MIN_CHARS_FOR_TWO_ERRORS = 8;

  /**
   * One line of {@code spellings.txt}: words with their spellings on phones, common mistakes and
   * other ways to say them.
   *
   * @param word what replaces a form, with {@code $1} for its first group
   * @param needed words of which a text with such a form has one, in small letters
   * @param chinese whether the forms are Chinese, in simplified characters
   * @param example a sentence with such a spelling, which runs as a test
   */
  record Spelling(
      String word, Pattern forms, RequiredWords needed, boolean chinese, String example) {}

  static final List<Spelling> SPELLINGS =
      RuleFile.of(SpellingCorrection.class, "spellings.txt").lines().stream()
          .map(SpellingCorrection::spelling)
          .toList();

  /**
   * Matches an order number such as {@code T-4b475264-5e76}, of which a part may look like a
   * spelling of phones.
   */
  private static final Pattern ORDER_NUMBER =
      Pattern.compile("(?<![\\p{L}\\d-])(?=[A-Za-z-]*\\d)[A-Za-z][A-Za-z0-9]*-[A-Za-z0-9-]+");

  private static Spelling spelling(Rule line) {
    var forms = line.pattern().whole().pattern();
    return new Spelling(
        (line.kind() + " " + line.argument()).strip(),
        Pattern.compile(
            "(?<![\\p{IsLatin}'-])(?:" + forms + ")(?![\\p{IsLatin}'-])", Pattern.CASE_INSENSITIVE),
        RequiredWords.of(forms.toLowerCase(Locale.ROOT)),
        forms.chars().anyMatch(ChineseCharacters::isHan),
        line.example());
  }

  /** Writes the words of {@code spellings.txt} in full; order numbers stay as they are. */
  static String inFull(String text) {
    // Digits in full width are digits here, too, and the apostrophe of phones is one.
    var normal = Normalizer.normalize(text, Normalizer.Form.NFKC).replace('’', '\'');
    var full = new StringBuilder();
    int end = 0;
    for (var number : ORDER_NUMBER.matcher(normal).results().toList()) {
      full.append(wordsInFull(normal.substring(end, number.start()))).append(number.group());
      end = number.end();
    }
    return full.append(wordsInFull(normal.substring(end))).toString();
  }

  private static String wordsInFull(String text) {
    var full = text;
    var simple = ChineseCharacters.simplified(full);
    var lowerCase = simple.toLowerCase(Locale.ROOT);
    var letters = RequiredWords.letters(lowerCase);
    boolean latin = full.chars().anyMatch(c -> Character.isLetter(c) && c < 'ɐ');
    for (var spelling : SPELLINGS) {
      if ((spelling.chinese() || latin) && spelling.needed().mayBeIn(lowerCase, letters)) {
        var form = spelling.forms().matcher(spelling.chinese() ? simple : full);
        if (form.find()) {
          full = form.replaceAll(spelling.word());
          simple = ChineseCharacters.simplified(full);
          lowerCase = simple.toLowerCase(Locale.ROOT);
          letters = RequiredWords.letters(lowerCase);
        }
      }
    }
    return full;
  }

  static SpellingCorrection of(String text) {
    var changed = new LinkedHashMap<String, String>();
    var corrected =
        WORD.matcher(inFull(text))
            .replaceAll(
                match -> {
                  var written = match.group();
                  var correction = correct(written);
                  if (correction.equals(written)) {
                    return written;
                  }
                  changed.put(written, correction);
                  return correction;
                });
    return new SpellingCorrection(corrected, changed);
  }

  private static String correct(String written) {
    var word = written.toLowerCase(Locale.ROOT);
    // A capital letter inside a sentence marks a name.
    if (KnownWords.knows(word) || Character.isUpperCase(written.charAt(0))) {
      return written;
    }
    Set<String> near = new HashSet<>();
    for (var known : KnownWords.corrections()) {
      int allowed =
          word.length() >= MIN_CHARS_FOR_TWO_ERRORS && known.length() >= MIN_CHARS_FOR_TWO_ERRORS
              ? 2
              : 1;
      if (known.charAt(0) == word.charAt(0)
          && Math.abs(known.length() - word.length()) <= allowed
          && PlaceNames.distance(word, known) <= allowed) {
        near.add(known);
      }
    }
    return near.size() == 1 ? near.iterator().next() : written;
  }
}
