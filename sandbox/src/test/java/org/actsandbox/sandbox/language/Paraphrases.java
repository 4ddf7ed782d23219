package org.actsandbox.sandbox.language;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Makes other ways to say a sentence with the same meaning, by rule. */
final class Paraphrases {

  private static final List<String> CHINESE_BEFORE =
      List.of("你好，", "麻烦帮我看下，", "那个，嗯，", "请问一下，", "我想问问，");
  private static final List<String> CHINESE_AFTER = List.of("，谢谢", "，拜托了", "吧", "。辛苦啦！");
  private static final List<String> ENGLISH_BEFORE =
      List.of("Hi, ", "please, ", "um, well, ", "hello there, ", "ok so ");
  private static final List<String> ENGLISH_AFTER =
      List.of(", thanks", " please", ", thank you very much!", " pls");

  private static final String SIMPLIFIED = "张车票东门间买订时点个约馆红蓝绿电机线无还边双床离华网来这样么么儿后";
  private static final String TRADITIONAL = "張車票東門間買訂時點個約館紅藍綠電機線無還邊雙床離華網來這樣麼麼兒後";

  private Paraphrases() {}

  static Set<String> of(String sentence) {
    var all = new LinkedHashSet<String>();
    if (sentence.codePoints().anyMatch(c -> c > 0x2E80)) {
      CHINESE_BEFORE.forEach(words -> all.add(words + sentence));
      CHINESE_AFTER.forEach(words -> all.add(sentence + words));
      all.add(traditional(sentence));
      all.add(fullWidth(sentence));
    } else {
      ENGLISH_BEFORE.forEach(words -> all.add(words + sentence));
      ENGLISH_AFTER.forEach(words -> all.add(sentence + words));
      all.add(sentence.replace(",", ""));
      all.add(sentence.replace("'", "’"));
      all.add(fullWidth(sentence));
    }
    all.remove(sentence);
    return all;
  }

  private static String traditional(String sentence) {
    var other = new StringBuilder(sentence);
    for (int i = 0; i < other.length(); i++) {
      int at = SIMPLIFIED.indexOf(other.charAt(i));
      if (at >= 0) {
        other.setCharAt(i, TRADITIONAL.charAt(at));
      }
    }
    return other.toString();
  }

  /** Returns the sentence with digits as a Chinese input method may write them. */
  private static String fullWidth(String sentence) {
    var other = new ArrayList<String>();
    sentence
        .chars()
        .mapToObj(c -> c >= '0' && c <= '9' ? (char) (c - '0' + '\uff10') : (char) c)
        .forEach(c -> other.add(String.valueOf(c)));
    return String.join("", other);
  }
}
