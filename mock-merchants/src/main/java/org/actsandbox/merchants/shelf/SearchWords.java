package org.actsandbox.merchants.shelf;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Splits Chinese and English text into the words that a search compares: English words without
 * their plural, numbers apart from their units, Chinese in overlapping pairs of characters.
 */
public final class SearchWords {

  private static final Set<String> STOP_WORDS =
      Set.of(
          "a", "an", "the", "for", "of", "with", "and", "or", "to", "in", "on", "my", "me", "some",
          "any", "please", "new", "good", "nice");

  private static final Pattern COMBINING = Pattern.compile("[\\u0300-\\u036f]");
  private static final Pattern APOSTROPHE = Pattern.compile("['’`]");

  /**
   * Chinese words and marks that only connect other words: pairs of characters must not reach
   * across them.
   */
  private static final Pattern CONNECTIVES = Pattern.compile("[的和与及、]");

  private static final Pattern MILLIAMPERE = Pattern.compile("毫安时?");
  private static final Pattern INCH = Pattern.compile("英?寸|inches|\"|″");

  private static final String TRADITIONAL =
      "電寶機線無衛華車書員圍褲裝襪傘鍋壺燈檯筆紙紅藍綠黃銀龍餅乾麵膚護髮樂遊戲積運動墊帶頭廣東門灣島慶漢長蘇寧錦陽區館園際場國"
          + "賓飯樓間層開關風飛亞馬雞魚鮮鹽醬鑰鎖鏡劍貓鳥兒嬰寢棟號學習爾滬濟陸雙單臺萬豐聲讀詞話纜轉換頻塵溫熱涼濕潔淨點堅貝";
  private static final String SIMPLIFIED =
      "电宝机线无卫华车书员围裤装袜伞锅壶灯台笔纸红蓝绿黄银龙饼干面肤护发乐游戏积运动垫带头广东门湾岛庆汉长苏宁锦阳区馆园际场国"
          + "宾饭楼间层开关风飞亚马鸡鱼鲜盐酱钥锁镜剑猫鸟儿婴寝栋号学习尔沪济陆双单台万丰声读词话缆转换频尘温热凉湿洁净点坚贝";

  private SearchWords() {}

  /**
   * Makes text comparable: full width becomes half width, accents and apostrophes go, letters
   * become lower case, and common traditional characters become simplified ones.
   */
  public static String normalize(String text) {
    var plain = COMBINING.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
    plain = APOSTROPHE.matcher(plain).replaceAll("").toLowerCase(Locale.ROOT);
    var simple = new StringBuilder(plain.length());
    for (int i = 0; i < plain.length(); i++) {
      int at = TRADITIONAL.indexOf(plain.charAt(i));
      simple.append(at < 0 ? plain.charAt(i) : SIMPLIFIED.charAt(at));
    }
    return simple.toString().strip();
  }

  /**
   * Returns the words of an offered thing: of Chinese text every pair and every single character.
   */
  public static Set<String> offerWords(String text) {
    return split(text, true);
  }

  /** Returns the words of a query, without those that say nothing, such as "the". */
  public static Set<String> queryWords(String text) {
    var words = split(text, false);
    words.removeAll(STOP_WORDS);
    return words;
  }

  public static boolean isChinese(String word) {
    return !word.isEmpty() && isHan(word.charAt(0));
  }

  private static Set<String> split(String text, boolean singleCharacters) {
    var plain = MILLIAMPERE.matcher(normalize(text)).replaceAll(" mah ");
    plain = CONNECTIVES.matcher(INCH.matcher(plain).replaceAll(" inch ")).replaceAll(" ");
    var words = new LinkedHashSet<String>();
    for (String run : runs(plain)) {
      if (isChinese(run)) {
        addChinese(run, singleCharacters, words);
      } else {
        words.add(singular(run));
      }
    }
    return words;
  }

  private static void addChinese(String run, boolean singleCharacters, Set<String> words) {
    for (int i = 0; i + 1 < run.length(); i++) {
      words.add(run.substring(i, i + 2));
    }
    if (singleCharacters || run.length() == 1) {
      run.chars().forEach(c -> words.add(Character.toString(c)));
    }
  }

  /**
   * Splits text into runs of Chinese characters, of letters and of digits; all other characters
   * separate.
   */
  private static List<String> runs(String plain) {
    var runs = new ArrayList<String>();
    int start = 0;
    for (int i = 1; i <= plain.length(); i++) {
      if (i == plain.length()
          || characterClass(plain.charAt(i)) != characterClass(plain.charAt(start))) {
        if (characterClass(plain.charAt(start)) != 0) {
          runs.add(plain.substring(start, i));
        }
        start = i;
      }
    }
    return runs;
  }

  private static int characterClass(char c) {
    if (isHan(c)) {
      return 1;
    }
    if (Character.isDigit(c)) {
      return 2;
    }
    return Character.isLetter(c) ? 3 : 0;
  }

  private static boolean isHan(char c) {
    return c >= '\u3400' && c <= '\u9fff';
  }

  private static String singular(String word) {
    int length = word.length();
    if (length <= 3 || !word.endsWith("s") || word.endsWith("ss") || word.endsWith("us")) {
      return word;
    }
    if (word.endsWith("ies")) {
      return word.substring(0, length - 3) + "y";
    }
    if (word.matches(".*(s|x|z|ch|sh)es")) {
      return word.substring(0, length - 2);
    }
    return word.substring(0, length - 1);
  }
}
