package org.actsandbox.protocol.delegation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.stream.Collectors;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** ACT ADD-1 and ADD-6: what must be asked, and that nothing incomplete becomes an authority. */
class IsrCheckTests {

  @Test
  void aCompleteDraftLeavesNoQuestion() {
    assertThat(IsrCheck.questions(TestDelegations.isr(TestDelegations.draft()))).isEmpty();
  }

  /** Checks ACT ADD-1.a, ADD-1.c and ADD-6. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          conversation_history                     |        | conversation_history missing
          conversation_history                     | {"user_intent_raw_digest": "x"} | conversation_history missing
          intent_id                                |        | intent_id missing
          delegation_mode                          |        | delegation_mode missing
          validity_start_time                      |        | validity_start_time missing
          validity_end_time                        |        | validity_end_time missing
          validity_end_time                        | "2026-01-05T00:00:00Z" | validity_end_time contradictory
          max_total_amount                         |        | max_total_amount missing
          max_total_amount                         | -1     | max_total_amount invalid
          max_total_amount                         | 600.001 | max_total_amount invalid
          max_total_amount                         | 1e99   | max_total_amount invalid
          currency                                 |        | currency missing
          currency                                 | "YUAN" | currency invalid
          allowed_payment_methods                  | []     | allowed_payment_methods missing
          allowed_payment_methods                  | ["bitcoin"] | allowed_payment_methods invalid
          agent_id                                 |        | agent_id missing
          agent_id                                 | "bob"  | agent_id invalid
          user_confirmation_method                 | "pin"  | user_confirmation_timestamp contradictory
          ext.commerce                             |        | ext.commerce.allowed_categories missing
          ext.commerce.max_single_amount           | 600.01 | ext.commerce.max_single_amount contradictory
          ext.commerce.min_single_amount           | 600.01 | ext.commerce.min_single_amount contradictory
          ext.commerce.forbidden_merchants         | ["did:act:raileast"] | ext.commerce.allowed_merchants contradictory
          ext.commerce.forbidden_categories        | ["train"] | ext.commerce.allowed_categories contradictory
          ext.commerce.allowed_merchants           | ["raileast"] | ext.commerce.allowed_merchants invalid
          ext.agent_behavior.max_retry_count       |        | ext.agent_behavior.max_retry_count missing
          ext.agent_behavior.max_retry_count       | -1     | ext.agent_behavior.max_retry_count invalid
          ext.agent_behavior.price_deviation_tolerance | -1 | ext.agent_behavior.price_deviation_tolerance invalid
          ext.vendor_private.reference_amount      |        | ext.vendor_private.reference_amount missing
          ext.vendor_private.reference_amount      | 72.725 | ext.vendor_private.reference_amount invalid
          ext.vendor_private.reference_amount      | -1     | ext.vendor_private.reference_amount invalid
          ext.agent_behavior.price_deviation_tolerance | 1e-9 | ext.agent_behavior.price_deviation_tolerance invalid
          ext.commerce.allowed_categories          | ["train", ""] | ext.commerce.allowed_categories invalid
          validity_end_time                        | "+10000-01-01T00:00:00Z" | validity_end_time invalid
          ext.fulfillment.delivery_time_requirement | "soon" | ext.fulfillment.delivery_time_requirement invalid
          ext.vendor_private.plan                  | {"first_at": "2026-01-05T00:00:00Z", "count": 2} | ext.vendor_private.plan invalid
          ext.vendor_private.plan                  | {"first_at": "2026-01-05T00:00:00Z", "every": "P999999999Y", "count": 120} | ext.vendor_private.plan contradictory
          ext.vendor_private.plan                  | {"first_at": "2026-01-05T00:00:00Z", "every": "P1M", "count": 2} | ext.vendor_private.plan contradictory
          """)
  void asksForWhatIsOpenAndAuthorizesNothing(String path, String json, String question) {
    var draft = TestDelegations.draft();
    bend(draft, path, json);
    var isr = TestDelegations.isr(draft);

    assertThat(
            IsrCheck.questions(isr).stream()
                .map(each -> each.field() + " " + each.why().code())
                .collect(Collectors.joining(", ")))
        .isEqualTo(question);

    var refused = catchThrowableOfType(Refusal.class, () -> TestDelegations.payload(draft));
    assertThat(refused.problem()).isEqualTo(Problem.ISR_INCOMPLETE);
    assertThat(refused.observed()).isEqualTo(question);
  }

  @Test
  void refusesAMisspeltLimitButNotAPrivateWord() {
    var draft = TestDelegations.draft();
    assertThatCode(() -> IsrCheck.requireKnown(draft, TestDelegations.isr(draft)))
        .doesNotThrowAnyException();
    bend(draft, "ext.commerce.max_singel_amount", "5");
    var refused =
        catchThrowableOfType(
            Refusal.class, () -> IsrCheck.requireKnown(draft, TestDelegations.isr(draft)));
    assertThat(refused.field()).isEqualTo("isr.ext.commerce.max_singel_amount");

    var misplaced = TestDelegations.draft();
    misplaced.putObject("vendor_private").put("max_single_amount", 5);
    var alsoRefused =
        catchThrowableOfType(
            Refusal.class, () -> IsrCheck.requireKnown(misplaced, TestDelegations.isr(misplaced)));
    assertThat(alsoRefused.field()).isEqualTo("isr.vendor_private");
  }

  /** Checks ACT ADD-3. */
  @Test
  void selectsTheAuthorityAndLeavesTheWordsBehind() {
    var payload = TestDelegations.payload();
    assertThat(payload.conversationHistory()).isNull();
    assertThat(payload.userConfirmationMethod()).isNull();
    assertThat(payload.intentId()).isEqualTo("I-1");
    assertThat(payload.delegatorIdentity()).isEqualTo("did:act:principal");
    assertThat(Json.write(payload)).doesNotContain("Harbin").doesNotContain("mood");
  }

  /** Puts a value at a path, or removes what is there. */
  private static void bend(ObjectNode draft, String path, String json) {
    var steps = path.split("\\.", -1);
    var at = draft;
    for (int i = 0; i < steps.length - 1; i++) {
      at = (ObjectNode) at.get(steps[i]);
    }
    var last = steps[steps.length - 1];
    if (json == null) {
      at.remove(last);
    } else {
      at.set(last, Json.parse(json));
    }
  }
}
