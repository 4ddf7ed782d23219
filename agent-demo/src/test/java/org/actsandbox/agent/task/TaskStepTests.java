package org.actsandbox.agent.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.actsandbox.agent.task.TaskStep.State;
import org.actsandbox.agent.text.AgentPhrases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the states of a task's step. */
class TaskStepTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          #from     | to
          OPEN      | OPEN ASKED FAILED SKIPPED
          ASKED     | OPEN BILLED FAILED SKIPPED
          BILLED    | OPEN WAITING PAID FAILED SKIPPED
          WAITING   | WAITING PAID SKIPPED
          PAID      | DELIVERED CLAIMED
          CLAIMED   | OPEN FAILED
          DELIVERED |
          FAILED    |
          SKIPPED   |
          """)
  void followsTheTable(State from, String to) {
    assertThat(from.successors())
        .containsExactlyInAnyOrderElementsOf(
            to == null ? List.of() : Arrays.stream(to.split(" ")).map(State::valueOf).toList());
  }

  /** A paid step is claimed before another seller is asked, so that no money is forgotten. */
  @Test
  void aMoveThatIsNotListedIsABug() {
    var seller = new SellerService("ant", "quotes", "2.00", Map.of());
    var step =
        TaskStep.of("quotes:coffee", TaskStep.Kind.QUOTES, "coffee", List.of(seller, seller));
    assertThatThrownBy(() -> step.claimed("unanswered", AgentPhrases.bilingual("task.not_done")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("quotes:coffee is OPEN, not to become CLAIMED");
  }
}
