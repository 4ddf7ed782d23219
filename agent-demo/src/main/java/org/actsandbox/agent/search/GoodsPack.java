package org.actsandbox.agent.search;

import java.util.Optional;
import java.util.regex.Pattern;
import org.actsandbox.protocol.commerce.Text;

/**
 * Recognizes goods of which one piece is several things: "Five-pair Cotton Socks", 两只装行李锁. A
 * two-piece swimsuit and a puzzle of 500 pieces are one thing.
 */
final class GoodsPack {

  private static final Pattern ENGLISH =
      Pattern.compile(
          "(?i)\\b(?:two|three|four|five|six|eight|ten|twelve|\\d+)[- ](?:pairs?|packs?)\\b"
              + "|\\b\\d+ pieces\\b");

  private static final Pattern CHINESE = Pattern.compile("[两二三四五六八十\\d]+ ?(?:双|[只条支包件瓶盒个片]装)");

  private GoodsPack() {}

  /** Returns how the title names the pack; empty if one piece is one thing. */
  static Optional<Text> of(Text title) {
    var english = ENGLISH.matcher(title.en());
    var chinese = CHINESE.matcher(title.zh());
    boolean isEnglish = english.find();
    boolean isChinese = chinese.find();
    return isEnglish || isChinese
        ? Optional.of(
            new Text(isEnglish ? english.group() : "several", isChinese ? chinese.group() : "多件装"))
        : Optional.empty();
  }
}
