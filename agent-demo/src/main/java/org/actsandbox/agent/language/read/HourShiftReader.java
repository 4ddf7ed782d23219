package org.actsandbox.agent.language.read;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.read.Meaning.HourShift;
import org.actsandbox.agent.language.text.Numerals;

/** Reads by how much a later sentence moves the hours: "an hour later", 早半个小时. */
final class HourShiftReader {

  private static final BigDecimal MAX_MINUTES = BigDecimal.valueOf(720);

  static final Pattern BY_SO_MUCH =
      Pattern.compile(
          "\\b(?:about )?(?<en>"
              + Numerals.NUMBER
              + "|half an|an?) (?<enunit>hours?|minutes?|mins?) (?:later|earlier)\\b"
              + "|(?:再|往|推)?[晚早迟后前]个?(?<zh>"
              + Numerals.NUMBER
              + "|半)个?(?<zhunit>小时|钟头|分钟)");

  private HourShiftReader() {}

  /** Returns the shift, or nothing if its words make no number within half a day. */
  static Optional<HourShift> read(Matcher match) {
    boolean english = match.group("en") != null;
    var words = match.group(english ? "en" : "zh");
    var unit = match.group(english ? "enunit" : "zhunit");
    boolean isHours = !unit.startsWith("min") && !unit.equals("分钟");
    boolean later = match.group().matches(".*(?:later|晚|后|迟).*");
    var number =
        words.equals("半") || words.startsWith("half")
            ? Optional.of(new BigDecimal("0.5"))
            : words.matches("an?") ? Optional.of(BigDecimal.ONE) : Numerals.parse(words);
    return number
        .map(n -> n.multiply(BigDecimal.valueOf(isHours ? 60 : 1)))
        .filter(minutes -> minutes.signum() > 0 && minutes.compareTo(MAX_MINUTES) <= 0)
        .map(minutes -> new HourShift(later, minutes.intValue()));
  }
}
