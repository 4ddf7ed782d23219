package org.actsandbox.agent.language.understand;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import org.actsandbox.agent.language.Interpretation.Wishes;
import org.actsandbox.agent.language.InterpreterProfile;
import org.actsandbox.agent.language.Situation;
import org.actsandbox.agent.language.TrainWish;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that the sentences with which the product is introduced need no question. */
class SeedSentenceTests {

  private final Situation situation =
      Situation.start(
          ZonedDateTime.parse("2026-11-25T10:00:00+08:00[Asia/Shanghai]"),
          InterpreterProfile.of("Hangzhou"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Find me a window seat on tomorrow's early train to Shanghai",
        "帮我订明天早上去上海的靠窗座位",
        "幫我訂明天早上去上海的靠窗座位",
        "帮我订 tomorrow 早上去 Shanghai 的靠窗座位"
      })
  void areUnderstoodAtOnce(String sentence) {
    var understood = new RuleBasedInterpreter().interpret(sentence, situation);

    assertThat(understood).isInstanceOf(Wishes.class);
    var train = (TrainWish) ((Wishes) understood).wishes().getFirst();
    assertThat(train.from()).isEqualTo("Hangzhou");
    assertThat(train.to()).isEqualTo("Shanghai");
    assertThat(train.date()).isEqualTo(LocalDate.of(2026, 11, 26));
    assertThat(train.departBefore()).isBetween(LocalTime.of(9, 0), LocalTime.of(10, 0));
    assertThat(train.position()).isEqualTo("window");
  }
}
