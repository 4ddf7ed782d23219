package org.actsandbox.agent.language.read;

import java.util.Optional;
import org.actsandbox.agent.language.text.Sentence;

/**
 * Recognizes a flight that is the reason of a journey: the principal wants to be at the airport in
 * time and does not want a flight.
 */
public final class FlightReason {

  /** Ours: who names no time before the flight is there two hours before it. */
  private static final int DEFAULT_MINUTES = 120;

  private FlightReason() {}

  /** Returns whether the sentence names a flight that a journey has to reach. */
  public static boolean isReason(String text) {
    return HourReader.RULES.occurs("flight", text) && HourReader.RULES.occurs("in time", text);
  }

  /** Returns how long before the flight the principal wants to be there, and uses these words. */
  static int minutesBefore(Sentence sentence) {
    return statedMinutes(sentence).orElse(DEFAULT_MINUTES);
  }

  /** Returns how long before an hour the principal wants to be there, if the sentence says it. */
  static Optional<Integer> statedMinutes(Sentence sentence) {
    var ahead = HourReader.RULES.anywhere("ahead", sentence.plain());
    if (!ahead.find()) {
      return Optional.empty();
    }
    sentence.use(ahead.start(), ahead.end());
    return RuleFile.captured(ahead).stream().findFirst().flatMap(TimeSpan::minutes);
  }
}
