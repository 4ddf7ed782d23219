package org.actsandbox.sandbox.psp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.actsandbox.protocol.delegation.DelegationMode;
import org.actsandbox.protocol.delegation.boundary.DelegationBoundaryCheck;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.ErrorBody;
import org.actsandbox.protocol.refusal.NextAction;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.refusal.Retryability;
import org.actsandbox.protocol.rule.ActComponent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tests every limit of ISR and IAC on both sides: the agent checks before it asks (ACT CID-6), the
 * payment service before it pays (PSD-5 to PSD-7), also when the agent skips its check.
 */
class BoundaryTableTests {

  private final DelegationBench delegations = new DelegationBench();
  private final PspTestBench pspTestBench = delegations.pspTestBench;

  @AfterEach
  void close() {
    delegations.close();
  }

  /**
   * Sends requests as an agent would that checks nothing itself. Checks ACT PSD-5.c, PSD-5.e,
   * PSD-6.a and PSD-6.b.
   */
  @ParameterizedTest
  @EnumSource
  void thePaymentServiceRefusesMovesNoMoneyAndSaysSoInTheJournal(BoundaryBreach boundaryBreach) {
    var request = brokenRequest(boundaryBreach);
    long entries = pspTestBench.entries();
    var spent = spentByAll();
    var known = delegationsKnown();
    pspTestBench.journal.clear();

    var refused = catchThrowableOfType(Refusal.class, () -> send(request));

    assertThat(refused).as("paid").isNotNull();
    assertThat(refused.problem()).as(refused.detail()).isEqualTo(boundaryBreach.expected);
    assertThat(pspTestBench.entries()).isEqualTo(entries);
    assertThat(pspTestBench.psp().ledger().sum()).isEqualTo("0");
    assertThat(spentByAll()).isEqualTo(spent);
    if (boundaryBreach.expected == Problem.IAC_INVALID
        || boundaryBreach.expected == Problem.IAC_PRINCIPAL_MISMATCH) {
      assertThat(delegationsKnown()).isEqualTo(known);
    }
    requireAdvice(refused);
    assertThat(pspTestBench.journal)
        .anySatisfy(
            note -> {
              assertThat(note.kind()).isEqualTo(JournalNote.Kind.REFUSAL);
              assertThat(note.data().get("code")).isEqualTo(boundaryBreach.expected.code());
            });
  }

  /** Checks ACT CID-6.a, CID-6.b and PSD-5.a. */
  @ParameterizedTest
  @EnumSource
  void theAgentFindsOutBeforeItAsks(BoundaryBreach boundaryBreach) {
    var request = brokenRequest(boundaryBreach);
    if (boundaryBreach.sides == BoundaryBreach.Sides.PSP) {
      // The agent cannot know this: it may ask, and the payment service refuses, as the test above
      // shows.
      delegations.selfCheck(new DelegationBoundaryCheck(), request, DelegationMode.SPECIFIED);
      return;
    }
    var refused =
        catchThrowableOfType(
            Refusal.class,
            () ->
                delegations.selfCheck(
                    new DelegationBoundaryCheck(), request, DelegationMode.SPECIFIED));
    assertThat(refused).as("the agent would ask").isNotNull();
    assertThat(refused.problem()).as(refused.detail()).isEqualTo(boundaryBreach.expected);
    requireAdvice(refused);
  }

  /** The payment service also stops an agent with a check that permits everything. */
  @ParameterizedTest
  @EnumSource(
      mode = Mode.MATCH_ALL,
      names =
          "^(NOT_BEGUN|OVER|SUSPENDED|REVOKED|ANOTHER_.*S|AUTONOMOUS_ONLY|.*_AMOUNT|OTHER_CURRENCY"
              + "|PRICE|METHOD|MERCHANT_.*|CATEGORY_.*|FULFILMENT_TIME.*|NOT_IN_PLAN|RETRIES)$")
  void anAgentThatSkipsItsOwnCheckIsStoppedByThePaymentService(BoundaryBreach boundaryBreach) {
    var request = brokenRequest(boundaryBreach);
    long entries = pspTestBench.entries();

    delegations.selfCheck((_, _, _) -> java.util.List.of(), request, DelegationMode.SPECIFIED);
    var refused = catchThrowableOfType(Refusal.class, () -> send(request));

    assertThat(refused).as("paid").isNotNull();
    assertThat(refused.problem()).isEqualTo(boundaryBreach.expected);
    assertThat(pspTestBench.entries()).isEqualTo(entries);
  }

  /** The same request without a defect is paid. */
  @Test
  void theRequestWithoutADefectIsPaid() {
    var iac = delegations.issue("D-1");
    var request = delegations.request(iac, "S-1", "80.00");
    delegations.selfCheck(new DelegationBoundaryCheck(), request, DelegationMode.SPECIFIED);
    var paid = delegations.take(request, DelegationMode.SPECIFIED).trade();
    assertThat(paid.progress().paid()).isNotNull();
    assertThat(delegations.spent(iac)).isEqualTo("80.00");
    assertThat(pspTestBench.balance("merchant:luma-mart")).isEqualTo("80.00");
  }

  private ObjectNode brokenRequest(BoundaryBreach boundaryBreach) {
    delegations.pay(delegations.issue("D-before"), "S-before", "5.00");
    var request = delegations.request(delegations.issue("D-1"), "S-1", "80.00");
    boundaryBreach.distortion.accept(delegations, request);
    return request;
  }

  private void send(ObjectNode request) {
    var signed = Json.bytes(SignedJson.sign(request, pspTestBench.signer(PspTestBench.AGENT)));
    pspTestBench
        .psp()
        .journalled(
            new Caller(Role.AGENT, PspTestBench.AGENT),
            ActComponent.PSD_PAY_DEL,
            Map.of(),
            () ->
                pspTestBench
                    .psp()
                    .delegatedPayments()
                    .take(signed, PspTestBench.AGENT, DelegationMode.SPECIFIED));
  }

  /** Requires the advice of ACT PSD-6 on repetitions and of A402-10 on the next action. */
  private static void requireAdvice(Refusal refused) {
    var body = ErrorBody.of(refused);
    assertThat(body.retryability()).as(body.details().code()).isEqualTo(advice(refused.problem()));
    assertThat(body.validNextActions()).contains(NextAction.ABORT);
    if (refused.problem() != Problem.INVALID_FIELD) {
      assertThat(body.details().rule()).isNotBlank();
    }
    assertThat(body.details().field()).isNotBlank();
    assertThat(body.message()).isNotBlank();
  }

  private static Retryability advice(Problem problem) {
    return switch (problem) {
      case IAC_NOT_YET_VALID, DELEGATION_STATE_UNKNOWN -> Retryability.RETRYABLE;
      case RETRIES_EXHAUSTED, TARGET_ALREADY_BOUGHT -> Retryability.TERMINAL;
      case IAC_NOT_ISSUED,
          IAC_EXPIRED,
          IAC_SUSPENDED,
          IAC_REVOKED,
          IAC_AGENT_MISMATCH,
          IAC_PRINCIPAL_MISMATCH,
          DELEGATION_MODE_MISMATCH,
          CURRENCY_NOT_ALLOWED,
          SINGLE_LIMIT_EXCEEDED,
          CUMULATIVE_LIMIT_EXCEEDED,
          PRICE_DEVIATION_EXCEEDED,
          PAYMENT_METHOD_NOT_ALLOWED,
          MERCHANT_NOT_ALLOWED,
          CATEGORY_NOT_ALLOWED,
          GOODS_NOT_STATED,
          TARGET_MISMATCH,
          FULFILMENT_TIME_NOT_ALLOWED,
          NOT_IN_PLAN,
          INSTRUMENT_INVALID,
          PAYEE_UNKNOWN,
          INSUFFICIENT_BALANCE ->
          Retryability.AFTER_AUTHORIZATION;
      default -> Retryability.AFTER_CORRECTION;
    };
  }

  private String spentByAll() {
    return pspTestBench
        .world()
        .jdbc()
        .sql("select coalesce(sum(spent_minor), 0) from psp_delegation")
        .query(String.class)
        .single();
  }

  private long delegationsKnown() {
    return pspTestBench
        .world()
        .jdbc()
        .sql("select count(*) from psp_delegation")
        .query(Long.class)
        .single();
  }
}
