package org.actsandbox.protocol.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tests what every refusal has to keep, so that a program that knows only its category, its status
 * and its advice does the right thing.
 */
class ProblemContractTests {

  /** Categories in which the server is at fault, or cannot answer now. */
  private static final Set<ErrorCategory> OF_THE_SERVER =
      EnumSet.of(ErrorCategory.SYSTEM, ErrorCategory.FULFILLMENT_RECEIPT);

  private static final Set<Retryability> MAY_COME_AGAIN =
      EnumSet.of(Retryability.RETRYABLE, Retryability.QUERY_FIRST);

  @ParameterizedTest
  @EnumSource
  void hasTheStatusOfItsCategory(Problem problem) {
    assertThat(problem.status()).isBetween(400, 599);
    if (problem.status() >= 500) {
      assertThat(problem.category()).isIn(OF_THE_SERVER);
    }
    if (problem.category() == ErrorCategory.SYSTEM) {
      assertThat(problem.status())
          .satisfiesAnyOf(
              status -> assertThat(status).isGreaterThanOrEqualTo(500),
              status -> assertThat(status).isEqualTo(429));
    }
  }

  /** A program that waits and sends again must be right to do so. */
  @ParameterizedTest
  @EnumSource
  void mayBeSentAgainIfItsStatusSaysSo(Problem problem) {
    if (Set.of(429, 502, 503, 504).contains(problem.status())) {
      assertThat(problem.retryability()).isIn(MAY_COME_AGAIN);
    }
    if (problem.retryability() == Retryability.TERMINAL) {
      assertThat(problem.category().nextActions())
          .containsAnyOf(NextAction.ABORT, NextAction.ESCALATE);
    }
  }

  /** Checks the members that the published A402 error schema requires (A402-10). */
  @ParameterizedTest
  @EnumSource
  void becomesACompleteErrorObject(Problem problem) {
    var error = Json.tree(ErrorBody.of(new Refusal(problem, "what was wrong")).enveloped());

    assertThat(error.at("/error/error_id").asString()).matches("ACT-(A402|CID)-[A-Z_]+");
    assertThat(error.at("/error/category").asString()).isEqualTo(problem.category().name());
    assertThat(error.at("/error/phase").asString()).isNotBlank();
    assertThat(error.at("/error/retryability").asString()).isNotBlank();
    assertThat(error.at("/error/valid_next_actions")).isNotEmpty();
    assertThat(error.at("/error/message").asString()).isEqualTo("what was wrong");
    assertThat(error.at("/error/details/code").asString())
        .isEqualTo(problem.code())
        .matches("[a-z0-9_]{3,40}");
  }

  @ParameterizedTest
  @EnumSource
  void namesARuleThatCanBeRead(Problem problem) {
    var rule = problem.rule();
    if (rule != null) {
      assertThat(rule.number()).matches("(ADD|CID|PSD|TSD|CRD|A402|RFC)[- ]\\d+.*");
      assertThat(rule.url()).isNotBlank();
    }
  }
}
