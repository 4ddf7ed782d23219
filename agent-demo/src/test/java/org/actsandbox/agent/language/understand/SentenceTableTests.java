package org.actsandbox.agent.language.understand;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.actsandbox.agent.language.Lang;
import org.actsandbox.agent.language.Situation;
import org.actsandbox.agent.language.Understanding.Question;
import org.actsandbox.agent.language.Understanding.Wishes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What single sentences and whole conversations mean, word for word. */
class SentenceTableTests {

  private final Interpreter interpreter = new Interpreter();

  static List<Table.Row> english() {
    return Table.rows("sentences_en.txt");
  }

  static List<Table.Row> chinese() {
    return Table.rows("sentences_zh.txt");
  }

  /** Conversations, each a list of rows. */
  static Stream<List<Table.Row>> conversations() {
    var conversations = new ArrayList<List<Table.Row>>();
    for (var row : Table.rows("conversations.txt")) {
      if (!row.goesOn()) {
        conversations.add(new ArrayList<>());
      }
      conversations.getLast().add(row);
    }
    return conversations.stream();
  }

  @ParameterizedTest
  @MethodSource("english")
  void englishMeansExactly(Table.Row row) {
    var understood = interpreter.understand(row.sentence(), row.start());

    assertThat(Compact.of(understood)).isEqualTo(row.meaning());
    assertThat(understood.lang()).isEqualTo(Lang.EN);
  }

  @ParameterizedTest
  @MethodSource("chinese")
  void chineseMeansExactly(Table.Row row) {
    var understood = interpreter.understand(row.sentence(), row.start());

    assertThat(Compact.of(understood)).isEqualTo(row.meaning());
    assertThat(understood.lang()).isEqualTo(Lang.ZH);
  }

  @ParameterizedTest
  @MethodSource("conversations")
  void laterSentencesGoOnWithEarlierOnes(List<Table.Row> rows) {
    Situation situation = rows.getFirst().start();
    for (var row : rows) {
      var understood = interpreter.understand(row.sentence(), situation);

      assertThat(Compact.of(understood)).as(row.sentence()).isEqualTo(row.meaning());
      situation =
          switch (understood) {
            case Wishes said -> situation.after(said.wishes(), said.budget(), List.of());
            case Question open -> situation.after(open.soFar(), open.budget(), open.missing());
            default -> situation;
          };
    }
  }

  @Test
  void theTablesAreLarge() {
    assertThat(english()).hasSizeGreaterThanOrEqualTo(150);
    assertThat(chinese()).hasSizeGreaterThanOrEqualTo(150);
  }
}
