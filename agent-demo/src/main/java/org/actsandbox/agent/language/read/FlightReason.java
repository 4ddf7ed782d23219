package org.actsandbox.agent.language.read;

import java.math.BigDecimal;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.text.Numerals;
import org.actsandbox.agent.language.text.Sentence;

/**
 * Recognizes a flight that is the reason of a journey: the principal wants to be at the airport in
 * time and does not want a flight.
 */
public final class FlightReason {

  /** Ours: who names no time before the flight is there two hours before it. */
  private static final int DEFAULT_MINUTES = 120;

  private static final Pattern FLIGHT =
      Pattern.compile("\\b(?:fly|flying|flight|plane|take-?off)\\b|飞机|航班|起飞|赶飞机");

  private static final Pattern IN_TIME =
      Pattern.compile(
          "\\b(?:get|take|bring) (?:me|us) (?:there|to the airport)\\b|\\bto catch\\b|\\b(?:i|we|he|she|they|of us)(?:'m|'re| am| are|'ll be)? (?:fly|flying|flies) (?:out|from|off)\\b|\\b(?:my|our|his|her|their) (?:flight|plane) (?:leaves|departs|is|goes|takes off)\\b|\\bin time for\\b"
              + "|\\b(?:be|get|arrive) (?:there|at the airport)\\b|\\btrain\\b|\\b(?:hours?|minutes?) (?:before|ahead|early|earlier|in advance)\\b"
              + "|提前.{1,5}(?:到|去)|赶飞机|坐?(?:火车|高铁|动车)|送我(?:去|到)|到机场");

  private static final Pattern LEAD =
      Pattern.compile(
          "\\b(?:with |at least |about )*(?<en>"
              + Numerals.NUMBER
              + "|an?|half an) (?<enunit>hours?|min(?:ute)?s?)(?: and a (?<enhalf>half))? (?:before(?:hand)?|ahead|early|earlier|in advance|to spare|in hand)\\b"
              + "|提前(?<zh>"
              + Numerals.NUMBER
              + "|半)个?(?<zhhalf>半)?(?<zhunit>小时|钟头|分钟)");

  private FlightReason() {}

  /** Returns whether the sentence names a flight that a journey has to reach. */
  public static boolean isReason(String text) {
    return FLIGHT.matcher(text).find() && IN_TIME.matcher(text).find();
  }

  /** Returns how long before the flight the principal wants to be there, and uses these words. */
  static int minutesBefore(Sentence sentence) {
    return statedMinutes(sentence).orElse(DEFAULT_MINUTES);
  }

  /** Returns how long before an hour the principal wants to be there, if the sentence says it. */
  static OptionalInt statedMinutes(Sentence sentence) {
    var lead = LEAD.matcher(sentence.plain());
    if (!lead.find()) {
      return OptionalInt.empty();
    }
    sentence.use(lead.start(), lead.end());
    boolean english = lead.group("en") != null;
    var words = lead.group(english ? "en" : "zh");
    var unit = lead.group(english ? "enunit" : "zhunit");
    var number =
        words.equals("半") || words.startsWith("half")
            ? new BigDecimal("0.5")
            : words.matches("an?") ? BigDecimal.ONE : Numerals.parse(words).orElse(BigDecimal.TWO);
    if (lead.group(english ? "enhalf" : "zhhalf") != null) {
      number = number.add(new BigDecimal("0.5"));
    }
    boolean minutes = unit.startsWith("min") || unit.equals("分钟");
    return OptionalInt.of(
        number
            .multiply(BigDecimal.valueOf(minutes ? 1 : 60))
            .min(BigDecimal.valueOf(600))
            .intValue());
  }
}
