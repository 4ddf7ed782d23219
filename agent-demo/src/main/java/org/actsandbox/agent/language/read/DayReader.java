package org.actsandbox.agent.language.read;

import java.time.LocalDate;
import java.util.List;
import org.actsandbox.agent.language.text.Sentence;

/** Finds days. Dates come first, because their digits belong to nothing else. */
final class DayReader {

  private DayReader() {}

  /**
   * @param continuing whether an earlier sentence named a day, which this sentence may shift
   */
  static List<MeaningSpan> read(Sentence sentence, LocalDate today, boolean continuing) {
    var days = new DaySpans(sentence, today);
    new DateReader(days).read();
    new RelativeDayReader(days).read(continuing);
    return days.joined();
  }
}
