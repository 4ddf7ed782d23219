package org.actsandbox.agent.search;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actsandbox.agent.language.place.Place;
import org.actsandbox.agent.language.place.PlaceNames;
import org.actsandbox.agent.language.read.KnownWords;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.agent.wire.UntrustedText;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.vocabulary.WordLists;

/**
 * Translates into both languages what a merchant wrote in English, as far as {@code sayings.txt}
 * knows the sentence.
 */
final class MerchantSaying {

  private static final int MAX_CHARS = 400;

  /** Stands between the English and the Chinese name of goods. */
  private static final String NAMES = " / ";

  private static final Pattern CHINESE_NAME = Pattern.compile(NAMES + "[^;]*?\\p{IsHan}[^;.]*");
  private static final Pattern ISO_DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final DateTimeFormatter ENGLISH_DAY =
      DateTimeFormatter.ofPattern("MMM d", Locale.ENGLISH);
  private static final String WORD = "word";

  private record Saying(Pattern english, String chinese) {}

  private static final List<Saying> SAYINGS =
      lines()
          .filter(field -> !field[0].equals(WORD))
          .map(field -> new Saying(Pattern.compile(field[0]), field[1]))
          .toList();

  private static final Map<String, String> WORDS =
      lines()
          .filter(field -> field[0].equals(WORD))
          .collect(Collectors.toMap(field -> field[1], field -> field[2]));

  private MerchantSaying() {}

  /** Returns why a merchant has no offer, and what it says would help. */
  static Text of(ParticipantRefusal refusal) {
    var why = bilingual(refusal.why());
    var what = refusal.remedy().isEmpty() ? refusal.expected() : refusal.remedy();
    var extra = refusal.expected().matches("[0-9-]+ to [0-9-]+") ? refusal.expected() : what;
    if (extra.isEmpty()) {
      return why;
    }
    var remedy = bilingual(extra);
    var onSale = extra.equals(what) ? "" : "on sale: ";
    return new Text(
        why.en() + "; " + onSale + remedy.en().replaceAll("\\.$", ""),
        why.zh() + "，" + remedy.zh());
  }

  static Text bilingual(String englishText) {
    var english = UntrustedText.sanitize(englishText, MAX_CHARS);
    for (var saying : SAYINGS) {
      var matcher = saying.english().matcher(english);
      if (matcher.matches()) {
        var chinese = saying.chinese();
        for (int group = 1; group <= matcher.groupCount(); group++) {
          var part = matcher.group(group);
          chinese = chinese.replace("{" + group + "}", part == null ? "" : inChinese(part));
        }
        return new Text(inEnglish(english), chinese);
      }
    }
    return new Text(inEnglish(english), english);
  }

  private static String inEnglish(String english) {
    return ISO_DATE
        .matcher(CHINESE_NAME.matcher(english).replaceAll(""))
        .replaceAll(date -> ENGLISH_DAY.format(LocalDate.parse(date.group())));
  }

  /** Translates places and things into their Chinese names, in a list as well. */
  private static String inChinese(String part) {
    var separator = part.contains("; ") || part.contains(NAMES) ? "; " : ", | or ";
    return Arrays.stream(part.split(separator, -1))
        .map(MerchantSaying::chinese)
        .collect(Collectors.joining("、"));
  }

  private static String chinese(String word) {
    int names = word.indexOf(NAMES);
    if (names > 0) {
      return word.substring(names + NAMES.length());
    }
    if (ISO_DATE.matcher(word).matches()) {
      return DateTimeFormatter.ofPattern("yyyy年M月d日").format(LocalDate.parse(word));
    }
    var known = WORDS.getOrDefault(word, KnownWords.inChinese(word));
    if (!known.equals(word)) {
      return known;
    }
    var placeName = word.replaceFirst("^elsewhere in ", "");
    var place = PlaceNames.china().find(placeName).map(Place::name).map(Text::zh).orElse(placeName);
    return placeName.equals(word) ? place : place + "的其他地方";
  }

  private static Stream<String[]> lines() {
    return WordLists.lines(MerchantSaying.class, "sayings.txt").stream()
        .map(
            line -> {
              int last = line.lastIndexOf('|');
              var left = line.substring(0, last);
              return left.startsWith(WORD + "|")
                  ? new String[] {WORD, left.substring(WORD.length() + 1), line.substring(last + 1)}
                  : new String[] {left, line.substring(last + 1)};
            });
  }
}
