package org.actsandbox.agent.language.understand;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.actsandbox.agent.language.InterpreterProfile;
import org.actsandbox.agent.language.Situation;
import org.actsandbox.protocol.vocabulary.WordLists;

/** Reads the tables of sentences beside this class. */
final class SentenceTable {

  private static final Map<String, String> CLOCKS =
      Map.of(
          "wed", "2026-11-25T10:00",
          "nye", "2026-12-31T23:59",
          "feb", "2027-02-28T12:00",
          "leap", "2028-02-28T09:00",
          "sun", "2026-11-29T20:00");

  /**
   * A row of a table; a conversation consists of rows that follow each other with {@code goesOn}.
   */
  record Row(String clock, boolean goesOn, String sentence, String meaning) {

    Situation start() {
      var local = LocalDateTime.parse(Objects.requireNonNull(CLOCKS.get(clock)));
      return Situation.start(
          ZonedDateTime.of(local, ZoneId.of("Asia/Shanghai")), InterpreterProfile.of("Hangzhou"));
    }

    @Override
    public String toString() {
      return clock + ": " + sentence;
    }
  }

  private SentenceTable() {}

  static List<Row> rows(String name) {
    var rows = new ArrayList<Row>();
    var clock = "wed";
    for (var line : WordLists.lines(SentenceTable.class, name)) {
      if (line.startsWith("@")) {
        clock = line.substring(1).strip();
        continue;
      }
      int bar = line.indexOf(" | ");
      boolean goesOn = line.startsWith("> ");
      rows.add(
          new Row(clock, goesOn, line.substring(goesOn ? 2 : 0, bar), line.substring(bar + 3)));
    }
    return rows;
  }
}
