package org.actsandbox.protocol.delegation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** Tests the open questions of an ISR, and that no incomplete ISR is issued (ACT ADD-1, ADD-6). */
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
          ext.commerce.max_single_amount           | 600.01 | ext.commerce.max_single_amount contradictory
          ext.commerce.min_single_amount           | 600.01 | ext.commerce.min_single_amount contradictory
          ext.commerce.forbidden_merchants         | ["did:act:raileast"] | ext.commerce.allowed_merchants contradictory
          ext.commerce.forbidden_categories        | ["train"] | ext.commerce.allowed_categories contradictory
          ext.commerce.allowed_merchants           | ["raileast"] | ext.commerce.allowed_merchants invalid
          ext.agent_behavior.max_retry_count       |        | ext.agent_behavior.max_retry_count missing
          ext.agent_behavior.max_retry_count       | -1     | ext.agent_behavior.max_retry_count invalid
          ext.agent_behavior.price_deviation_tolerance | -1 | ext.agent_behavior.price_deviation_tolerance invalid
          ext.vendor_private.targets               |        | ext.vendor_private.targets missing
          ext.vendor_private.targets               | []     | ext.vendor_private.targets missing
          ext.vendor_private.targets               | [{"what": "x"}] | ext.vendor_private.targets[0].kind missing
          ext.vendor_private.targets               | [null] | ext.vendor_private.targets[0].kind missing
          ext.vendor_private.targets               | [{"kind": "train", "from": "a", "to": "b"}] | ext.vendor_private.targets[0].date missing
          ext.vendor_private.targets               | [{"kind": "hotel", "city": "a", "date": "2026-01-20", "nights": 1}] | ext.vendor_private.targets[0].kind contradictory
          ext.vendor_private.targets               | [{"kind": "train", "from": "a", "to": "b", "date": "2026-01-20", "nights": 1}] | ext.vendor_private.targets[0].nights contradictory
          ext.vendor_private.targets               | [{"kind": "train", "from": "a", "to": "b", "date": "2026-01-20", "latest_date": "2026-01-19"}] | ext.vendor_private.targets[0].latest_date contradictory
          ext.vendor_private.targets               | [{"kind": "train", "from": "a", "to": "b", "date": "2026-01-20", "quantity": 0}] | ext.vendor_private.targets[0].quantity invalid
          ext.vendor_private.targets               | [{"kind": "train", "from": "a", "to": "b", "date": "2026-01-20", "times": 121}] | ext.vendor_private.targets[0].times invalid
          ext.vendor_private.targets               | [{"kind": "train", "from": "a", "to": "b", "date": "2026-01-20", "seat_class": "soft"}] | ext.vendor_private.targets[0].seat_class invalid
          delegation_mode                          | "BOUNDED" | ext.vendor_private.targets contradictory
          ext.agent_behavior.on_payment_failure    | "CANCEL" | ext.agent_behavior.on_payment_failure contradictory
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
  void asksOpenQuestionsAndAuthorizesNothing(String path, String json, String question) {
    var draft = TestDelegations.draft();
    change(draft, path, json);
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
  void refusesAMisspeltLimitButNotAPrivateField() {
    var draft = TestDelegations.draft();
    assertThatCode(() -> IsrCheck.read(draft)).doesNotThrowAnyException();
    change(draft, "ext.commerce.max_singel_amount", "5");
    var refused = catchThrowableOfType(Refusal.class, () -> IsrCheck.read(draft));
    assertThat(refused.field()).isEqualTo("isr.ext.commerce.max_singel_amount");

    var misplaced = TestDelegations.draft();
    misplaced.putObject("vendor_private").put("max_single_amount", 5);
    var alsoRefused = catchThrowableOfType(Refusal.class, () -> IsrCheck.read(misplaced));
    assertThat(alsoRefused.field()).isEqualTo("isr.vendor_private");
  }

  /** Checks ACT ADD-3. */
  @Test
  void refusesATargetMemberThatItDoesNotUnderstandByName() {
    var draft = TestDelegations.draft();
    var target = (ObjectNode) draft.at("/ext/vendor_private/targets/0");
    target.put("compartment", "quiet");
    var refused = catchThrowableOfType(Refusal.class, () -> IsrCheck.read(draft));
    assertThat(refused.field()).isEqualTo("isr.ext.vendor_private.targets[0].compartment");
    target.remove("compartment");
    ((ObjectNode) draft.at("/ext/vendor_private"))
        .set(
            "plan",
            Json.parse(
                "{\"first_at\": \"2026-01-06T00:00:00Z\", \"count\": 1, \"evry\": \"P1D\"}"));
    var misspelt = catchThrowableOfType(Refusal.class, () -> IsrCheck.read(draft));
    assertThat(misspelt.field()).isEqualTo("isr.ext.vendor_private.plan.evry");
  }

  @Test
  void reportsIgnoredPrivateFields() {
    var draft = TestDelegations.draft();
    assertThat(IsrCheck.ignored(draft)).containsExactly("ext.vendor_private.mood");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ["TEXT", "VOICE", "IMAGE", "INTERACTIVE_CARD", "OTHER", "X_GESTURE"] |
          ["SMELL"]            | input_mode[0]
          ["TEXT", "text"]     | input_mode[1]
          ["X_"]               | input_mode[0]
          [null]               | input_mode[0]
          """)
  void takesTheStandardsInputModesAndMarkedExtensions(String modes, String refusedAt) {
    var draft = TestDelegations.draft();
    change(draft, "conversation_history.input_mode", modes);
    if (refusedAt == null) {
      IsrCheck.read(draft);
      return;
    }
    var refused = catchThrowableOfType(Refusal.class, () -> IsrCheck.read(draft));
    assertThat(refused.field()).isEqualTo("isr.conversation_history." + refusedAt);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "a ticket"                              | a ticket
          [{"role": "USER", "content": "a ticket"}] | [{"content":"a ticket","role":"USER"}]
          """)
  void comparesTheDigestWithTheGivenWords(String raw, String digested) {
    var draft = TestDelegations.draft();
    change(draft, "conversation_history.user_intent_raw", raw);
    change(draft, "conversation_history.context_ref", "\"C-1\"");
    var digest = RequestFingerprint.digest(digested.getBytes(StandardCharsets.UTF_8));
    change(draft, "conversation_history.user_intent_raw_digest", "\"" + digest + "\"");
    IsrCheck.read(draft);
    var other = RequestFingerprint.digest("something else".getBytes(StandardCharsets.UTF_8));
    change(draft, "conversation_history.user_intent_raw_digest", "\"" + other + "\"");
    var refused = catchThrowableOfType(Refusal.class, () -> IsrCheck.read(draft));
    assertThat(refused.field()).isEqualTo("isr.conversation_history.user_intent_raw_digest");
  }

  @Test
  void selectsTheAuthorityAndLeavesTheWordsBehind() {
    var payload = TestDelegations.payload();
    assertThat(payload.conversationHistory()).isNull();
    assertThat(payload.userConfirmationMethod()).isNull();
    assertThat(payload.intentId()).isEqualTo("I-1");
    assertThat(payload.delegatorIdentity()).isEqualTo("did:act:principal");
    assertThat(Json.write(payload)).doesNotContain("Get me").doesNotContain("mood");
  }

  /** Sets the value at a path, or removes it if {@code json} is null. */
  private static void change(ObjectNode draft, String path, String json) {
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
