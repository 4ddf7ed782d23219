package org.actsandbox.protocol.delegation.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.List;
import org.actsandbox.protocol.delegation.DelegationMode;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.delegation.Extension;
import org.actsandbox.protocol.delegation.Extension.PriceDeviationAction;
import org.actsandbox.protocol.delegation.IacPayload;
import org.actsandbox.protocol.delegation.TestDelegations;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

/** Tests every bound of a delegation just inside and just outside its limit. */
class DelegationBoundaryCheckTests {

  private static final DelegationBoundaryCheck CHECK = new DelegationBoundaryCheck();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          # field       | value                     | outside
          nothing       | -                         | -
          at            | 2026-01-04T23:59:59.999Z  | NOT_BEGUN
          at            | 2026-01-05T00:00:00Z      | -
          at            | 2026-01-08T23:59:59.999Z  | -
          at            | 2026-01-09T00:00:00Z      | OVER
          state         | Suspended                 | SUSPENDED
          state         | Revoked                   | REVOKED
          state         | Expired                   | OVER
          agent         | did:act:other-agent       | AGENT
          principal     | did:act:other-principal   | PRINCIPAL
          mode          | BOUNDED                   | MODE
          currency      | USD                       | CURRENCY
          amount        | 550.00                    | -
          amount        | 550.01                    | PRICE_DEVIATION
          amount        | 600.00                    | PRICE_DEVIATION
          amount        | 600.01                    | SINGLE_AMOUNT CUMULATIVE_AMOUNT PRICE_DEVIATION
          amount        | 1.00                      | -
          amount        | 0.99                      | SINGLE_AMOUNT
          spent         | 100.00                    | -
          spent         | 100.01                    | CUMULATIVE_AMOUNT
          method        | card                      | METHOD
          merchant      | did:act:elsewhere         | MERCHANT
          merchant      | did:act:shady-rail        | MERCHANT
          category      | hotel                     | CATEGORY
          fulfilment    | 2026-01-19T23:59:59Z      | FULFILMENT_TIME
          fulfilment    | 2026-01-20T00:00:00Z      | -
          fulfilment    | 2026-01-20T23:59:59Z      | -
          fulfilment    | 2026-01-21T00:00:00Z      | FULFILMENT_TIME
          fulfilment    | -                         | FULFILMENT_TIME
          failures      | 2                         | -
          failures      | 3                         | RETRIES
          goods         | -                         | GOODS_STATED
          facts         | -                         | GOODS_STATED
          line.to       | Changchun                 | TARGET
          line.from     | Nanjing                   | TARGET
          line.date     | 2026-01-21                | TARGET
          line.class    | first                     | TARGET
          line.quantity | 2                         | TARGET
          line.kind     | hotel                     | TARGET
          line.twice    | x                         | TARGET_TIMES
          bought        | 1                         | TARGET_TIMES
          bought        | 0                         | -
          """)
  void reportsTheViolatedBounds(String field, String value, String outside) {
    var found = CHECK.violations(authority(), usage(field, value), attempt(field, value));
    assertThat(found.stream().map(each -> each.boundary().name()).toList())
        .isEqualTo(outside == null ? List.of() : List.of(outside.split(" ", -1)));
  }

  @Test
  void aPlanAllowsOnlyItsPaymentsAtTheirTimes() {
    var draft = TestDelegations.draft();
    ((ObjectNode) draft.path("ext").path("vendor_private"))
        .set(
            "plan",
            Json.parse(
                "{\"first_at\": \"2026-01-06T00:00:00Z\", \"every\": \"P1D\", \"count\": 2}"));
    var authority = TestDelegations.payload(draft);
    assertThat(isInPlan(authority, 0, "2026-01-05T23:59:59Z")).isFalse();
    assertThat(isInPlan(authority, 0, "2026-01-06T00:00:00Z")).isTrue();
    assertThat(isInPlan(authority, 1, "2026-01-06T23:59:59Z")).isFalse();
    assertThat(isInPlan(authority, 1, "2026-01-07T00:00:00Z")).isTrue();
    assertThat(isInPlan(authority, 2, "2026-01-08T00:00:00Z")).isFalse();
  }

  private static boolean isInPlan(IacPayload authority, int payments, String at) {
    var usage =
        new DelegationUsage(
            DelegationState.ACTIVE, Money.yuan("0.00"), payments, 0, List.of(), null);
    return CHECK.violations(authority, usage, attempt("at", at)).isEmpty();
  }

  @Test
  void withoutAReferenceDeviationsAreMeasuredFromTheFirstPrice() {
    var draft = TestDelegations.draft();
    ((ObjectNode) draft.path("ext").path("vendor_private")).remove("reference_amount");
    var authority = TestDelegations.payload(draft);
    assertThat(CHECK.violations(authority, usage("first", "454.54"), attempt("nothing", "")))
        .extracting(BoundaryViolation::boundary)
        .containsExactly(Boundary.PRICE_DEVIATION);
    assertThat(CHECK.violations(authority, usage("first", "454.55"), attempt("nothing", "")))
        .isEmpty();
    assertThat(CHECK.violations(authority, usage("nothing", ""), attempt("nothing", ""))).isEmpty();
  }

  @Test
  void aSpecifiedAuthorityWithoutTargetsPermitsNothing() {
    var payload = TestDelegations.payload();
    var ext = payload.bounds();
    var bare =
        new IacPayload(
            payload.delegationId(),
            payload.intentId(),
            null,
            payload.delegatorIdentity(),
            payload.agentId(),
            null,
            payload.validityStartTime(),
            payload.validityEndTime(),
            payload.maxTotalAmount(),
            payload.currency(),
            payload.allowedPaymentMethods(),
            null,
            null,
            null,
            new Extension(ext.commerce(), ext.agentBehavior(), ext.fulfillment(), null));
    assertThat(CHECK.violations(bare, usage("nothing", ""), attempt("nothing", "")))
        .extracting(BoundaryViolation::boundary)
        .containsExactly(Boundary.TARGET);
  }

  @Test
  void withoutAPolicyNothingIsRetried() {
    var draft = TestDelegations.draft();
    ((ObjectNode) draft.path("ext")).remove("agent_behavior");
    var found =
        CHECK.violations(
            TestDelegations.payload(draft), usage("failures", "1"), attempt("nothing", ""));
    assertThat(found).extracting(BoundaryViolation::boundary).containsExactly(Boundary.RETRIES);
    assertThat(found.getFirst().action()).isEqualTo(PriceDeviationAction.PAUSE_AND_NOTIFY);
  }

  @ParameterizedTest
  @EnumSource(PriceDeviationAction.class)
  void aViolationHasTheDeviationPolicy(PriceDeviationAction policy) {
    var draft = TestDelegations.draft();
    ((ObjectNode) draft.path("ext").path("agent_behavior"))
        .put("price_deviation_action", policy.name());
    var found =
        CHECK.violations(
            TestDelegations.payload(draft), usage("nothing", ""), attempt("amount", "560.00"));
    assertThat(found).extracting(BoundaryViolation::action).containsExactly(policy);
  }

  @Test
  void theFirstViolationIsTheRefusal() {
    var refused =
        catchThrowableOfType(
            Refusal.class,
            () ->
                CHECK.requireWithin(
                    authority(), usage("spent", "600.00"), attempt("agent", "did:act:x")));
    assertThat(refused.problem()).isEqualTo(Boundary.AGENT.problem());
    assertThat(refused.remedy()).isNotBlank();
  }

  private static IacPayload authority() {
    return TestDelegations.payload();
  }

  private static DelegationUsage usage(String field, String value) {
    return new DelegationUsage(
        field.equals("state") ? DelegationState.ofCode(value) : DelegationState.ACTIVE,
        Money.yuan(field.equals("spent") ? value : "0.00"),
        0,
        field.equals("failures") ? Integer.parseInt(value) : 0,
        field.equals("bought") ? List.of(Integer.parseInt(value)) : List.of(),
        field.equals("first") ? Money.yuan(value) : null);
  }

  private static PaymentAttempt attempt(String field, String value) {
    return new PaymentAttempt(
        Instant.parse(field.equals("at") ? value : "2026-01-06T12:00:00Z"),
        field.equals("agent") ? new Did(value) : TestDelegations.AGENT,
        field.equals("principal") ? new Did(value) : TestDelegations.PRINCIPAL,
        field.equals("mode") ? DelegationMode.valueOf(value) : DelegationMode.SPECIFIED,
        Money.of(
            field.equals("amount") ? value : "500.00", field.equals("currency") ? value : "CNY"),
        field.equals("method") ? value : "balance",
        field.equals("merchant") ? new Did(value) : TestDelegations.RAIL,
        field.equals("category") ? value : "train",
        fulfilment(field, value),
        TestGoods.changed(field, value));
  }

  private static @org.jspecify.annotations.Nullable Instant fulfilment(String field, String value) {
    if (!field.equals("fulfilment")) {
      return Instant.parse("2026-01-20T08:00:00Z");
    }
    return value == null ? null : Instant.parse(value);
  }
}
