package org.actsandbox.agent.language.understand;

import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;
import org.actsandbox.agent.language.Situation;
import org.actsandbox.agent.language.TrainWish;
import org.actsandbox.agent.language.read.RuleFile;
import org.actsandbox.agent.language.read.TimeSpan;
import org.actsandbox.agent.language.text.Sentence;

/**
 * Says hours in full that depend on the present time or on the wish: "within the next two hours",
 * "no, 11". The readers of a sentence know neither.
 */
final class SpokenHours {

  static final RuleFile RULES = RuleFile.of(SpokenHours.class, "moments.txt");

  private SpokenHours() {}

  static String inFull(String text, Situation situation) {
    var sentence = Sentence.of(text);
    var next = RULES.anywhere("next", sentence.plain());
    if (next.find()) {
      var minutes = TimeSpan.minutes(RuleFile.captured(next).getFirst());
      if (minutes.isPresent()) {
        return text.substring(0, next.start())
            + fromNow(situation, minutes.get(), sentence.isChinese())
            + text.substring(next.end());
      }
    }
    var bare = RULES.anywhere("bare", sentence.plain());
    if (bare.find() && isWishedFrom(situation, Integer.parseInt(bare.group(2)))) {
      return text.substring(0, bare.end(2)) + " pm" + text.substring(bare.end(2));
    }
    var corrected = RULES.anywhere("corrected", sentence.plain());
    return corrected.find()
        ? wishedHour(situation)
            .flatMap(before -> hour(Integer.parseInt(corrected.group(1)), before))
            .map(hour -> sentence.isChinese() ? "在" + hour : "at " + hour)
            .orElse(text)
        : text;
  }

  /** After a journey of the evening, "something after 8" is in the evening, too. */
  private static boolean isWishedFrom(Situation situation, int hour) {
    return situation.wishes().size() == 1
        && situation.wishes().getFirst() instanceof TrainWish train
        && train.departAfter() != null
        && !train.departAfter().isBefore(LocalTime.NOON)
        && hour < 12
        && hour + 12 >= train.departAfter().getHour();
  }

  private static String fromNow(Situation situation, int minutes, boolean chinese) {
    var now = situation.now().toLocalTime().truncatedTo(ChronoUnit.MINUTES);
    var end = now.plusMinutes(minutes);
    if (end.isBefore(now)) {
      return chinese ? "今天" + now + "以后" : "today after " + now;
    }
    return chinese ? "今天" + now + "到" + end : "today between " + now + " and " + end;
  }

  /** Returns an hour of the only journey that is wished. */
  private static Optional<LocalTime> wishedHour(Situation situation) {
    return situation.wishes().size() == 1
            && situation.wishes().getFirst() instanceof TrainWish train
        ? Stream.of(
                train.departBefore(),
                train.departAfter(),
                train.arriveBefore(),
                train.arriveAfter())
            .flatMap(Stream::ofNullable)
            .findFirst()
        : Optional.empty();
  }

  /** After an hour of the afternoon, "no, 4" is one of the afternoon, too. */
  private static Optional<LocalTime> hour(int said, LocalTime before) {
    int hour = said < 12 && !before.isBefore(LocalTime.of(13, 0)) ? said + 12 : said;
    return hour < 24 ? Optional.of(LocalTime.of(hour, 0)) : Optional.empty();
  }
}
