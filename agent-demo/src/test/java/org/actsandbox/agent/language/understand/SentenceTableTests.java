package org.actsandbox.agent.language.understand;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.actsandbox.agent.language.Interpretation.Question;
import org.actsandbox.agent.language.Interpretation.Wishes;
import org.actsandbox.agent.language.Lang;
import org.actsandbox.agent.language.Situation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the exact meaning of single sentences and whole conversations. */
class SentenceTableTests {

  private final RuleBasedInterpreter ruleBasedInterpreter = new RuleBasedInterpreter();

  static List<SentenceTable.Row> english() {
    return SentenceTable.rows("sentences_en.txt");
  }

  static List<SentenceTable.Row> chinese() {
    return SentenceTable.rows("sentences_zh.txt");
  }

  /** Returns the conversations, each as a list of rows. */
  static Stream<List<SentenceTable.Row>> conversations() {
    var conversations = new ArrayList<List<SentenceTable.Row>>();
    for (var row : SentenceTable.rows("conversations.txt")) {
      if (!row.goesOn()) {
        conversations.add(new ArrayList<>());
      }
      conversations.getLast().add(row);
    }
    return conversations.stream();
  }

  @ParameterizedTest
  @MethodSource("english")
  void englishMeansExactly(SentenceTable.Row row) {
    var understood = ruleBasedInterpreter.interpret(row.sentence(), row.start());

    assertThat(CompactInterpretation.of(understood)).isEqualTo(row.meaning());
    assertThat(understood.lang()).isEqualTo(Lang.EN);
  }

  @ParameterizedTest
  @MethodSource("chinese")
  void chineseMeansExactly(SentenceTable.Row row) {
    var understood = ruleBasedInterpreter.interpret(row.sentence(), row.start());

    assertThat(CompactInterpretation.of(understood)).isEqualTo(row.meaning());
    assertThat(understood.lang()).isEqualTo(Lang.ZH);
  }

  @ParameterizedTest
  @MethodSource("conversations")
  void laterSentencesContinueEarlierOnes(List<SentenceTable.Row> rows) {
    Situation situation = rows.getFirst().start();
    for (var row : rows) {
      var understood = ruleBasedInterpreter.interpret(row.sentence(), situation);

      assertThat(CompactInterpretation.of(understood)).as(row.sentence()).isEqualTo(row.meaning());
      situation =
          switch (understood) {
            case Wishes said -> situation.withUnderstood(said.wishes(), said.budget(), List.of());
            case Question open ->
                situation.withUnderstood(open.soFar(), open.budget(), open.missing());
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
