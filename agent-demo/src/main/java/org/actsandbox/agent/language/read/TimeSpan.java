package org.actsandbox.agent.language.read;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.text.Numerals;

/** Reads lengths of time in minutes: "an hour and a half", 半个小时. */
public final class TimeSpan {

  private static final String NAMED =
      "(?:个?(?<number>"
          + Numerals.NUMBER
          + "|half an|an?|半)(?: |个)?(?<half>半)?(?<unit>hours?|min(?:ute)?s?|小时|钟头|分钟)(?<more> and a"
          + " half)?)";

  /** A length of time, without capturing groups. */
  static final String PATTERN = NAMED.replaceAll("\\?<\\w+>", "?:");

  private static final Pattern WHOLE = Pattern.compile(NAMED);

  private static final BigDecimal HALF = new BigDecimal("0.5");

  private static final BigDecimal MAX_MINUTES = BigDecimal.valueOf(720);

  private TimeSpan() {}

  /** Returns the minutes, or nothing if its words make no number within half a day. */
  public static Optional<Integer> minutes(String words) {
    var match = WHOLE.matcher(words);
    if (!match.matches()) {
      return Optional.empty();
    }
    var unit = match.group("unit");
    boolean isHours = !unit.startsWith("min") && !unit.equals("分钟");
    boolean andHalf = match.group("half") != null || match.group("more") != null;
    return number(match.group("number"))
        .map(number -> andHalf ? number.add(HALF) : number)
        .map(number -> number.multiply(BigDecimal.valueOf(isHours ? 60 : 1)))
        .filter(minutes -> minutes.signum() > 0 && minutes.compareTo(MAX_MINUTES) <= 0)
        .map(BigDecimal::intValue);
  }

  private static Optional<BigDecimal> number(String words) {
    return switch (words) {
      case "半", "half an" -> Optional.of(HALF);
      case "a", "an" -> Optional.of(BigDecimal.ONE);
      default -> Numerals.parse(words);
    };
  }
}
