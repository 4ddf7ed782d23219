package org.actsandbox.sandbox.psp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.actsandbox.protocol.payment.ApprovalRequest;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.psp.instrument.Instrument;
import org.actsandbox.sandbox.psp.instrument.InstrumentBindings;
import org.actsandbox.sandbox.psp.instrument.InstrumentBindings.BindingRequest;
import org.actsandbox.sandbox.psp.instrument.InstrumentBindings.Shown;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Tests ACT PSD-1: the content of the consent is shown before the PIN, and a failure leaves no
 * reference.
 */
class BindingTests {

  private final PspTestBench pspTestBench = new PspTestBench();

  @AfterEach
  void close() {
    pspTestBench.close();
  }

  /** Checks ACT PSD-1.c. */
  @Test
  void everythingThatIsConsentedToIsShownFirst() {
    var until = PspTestBench.START.plus(Duration.ofDays(1));
    var requested =
        bindings()
            .ask(
                PspTestBench.PRINCIPAL,
                new BindingRequest(
                    null, PspTestBench.AGENT.value(), "card", "50.00", until, null, null))
            .shown();

    assertThat(requested.status()).isEqualTo("waiting");
    assertThat(requested.instrumentRef()).isNull();
    var content = requested.content();
    assertThat(content.agentId()).isEqualTo(PspTestBench.AGENT.value());
    assertThat(content.account()).isEqualTo("card");
    assertThat(content.limitPerPayment()).isEqualTo("50.00");
    assertThat(content.validUntil()).isEqualTo(until);
    assertThat(content.scope()).contains("PIN");
    assertThat(content.consent()).contains(PspTestBench.AGENT.value(), "50.00", until.toString());

    var bound = approve(requested, PspTestBench.PIN).shown();
    assertThat(bound.status()).isEqualTo("bound");
    assertThat(bound.instrument())
        .isNotNull()
        .extracting(Instrument.InstrumentView::limitPerPayment)
        .isEqualTo("50.00");
    assertThat(approve(requested, PspTestBench.PIN).shown().instrumentRef())
        .isEqualTo(bound.instrumentRef());
    assertThat(instruments()).isEqualTo(3);
  }

  @Test
  void aTestCardsTermsAreShownToo() {
    var requested = ask(null, "card", null, "6200000000004044");
    assertThat(requested.content().limitPerPayment()).isEqualTo("1.00");
    assertThat(ask(null, "card", null, "6200000000004028").content().startsFrozen()).isTrue();
  }

  /** Each kind of failure has a code of its own, and none leaves a reference. */
  @Test
  void failuresHaveDifferentCodesAndLeaveNoReference() {
    refused(Problem.AGENT_UNKNOWN, () -> askFor("did:act:nobody", "balance", null));
    refused(Problem.AGENT_UNKNOWN, () -> askFor(PspTestBench.SHOP.value(), "balance", null));
    refused(
        Problem.ACCOUNT_LIMIT_EXCEEDED,
        () -> askFor(PspTestBench.AGENT.value(), "card", "99999999"));
    refused(Problem.INVALID_FIELD, () -> askFor(PspTestBench.AGENT.value(), "gold", null));
    refused(
        Problem.BINDING_FAILED,
        () ->
            bindings()
                .ask(
                    PspTestBench.PRINCIPAL,
                    new BindingRequest(
                        null,
                        PspTestBench.AGENT.value(),
                        "card",
                        null,
                        PspTestBench.START,
                        null,
                        null)));
    refused(
        Problem.INVALID_FIELD,
        () ->
            bindings()
                .ask(
                    PspTestBench.PRINCIPAL,
                    new BindingRequest(
                        null,
                        PspTestBench.AGENT.value(),
                        "card",
                        null,
                        null,
                        null,
                        PspTestBench.PIN)));
    var requested = ask(null, "balance", null, null);
    refused(Problem.PIN_WRONG, () -> approve(requested, "000000"));
    refused(
        Problem.APPROVAL_MISMATCH,
        () ->
            bindings()
                .decide(
                    PspTestBench.PRINCIPAL,
                    requested.bindingId(),
                    new ApprovalRequest("APPROVE", "sha-256:other", PspTestBench.PIN)));
    refused(Problem.NOT_FOUND, () -> bindings().show(PspTestBench.AGENT, requested.bindingId()));
    pspTestBench.advance(InstrumentBindings.TIME_TO_CONFIRM);
    refused(Problem.CONFIRMATION_TIMED_OUT, () -> approve(requested, PspTestBench.PIN));
    assertThat(bindings().show(PspTestBench.PRINCIPAL, requested.bindingId()).status())
        .isEqualTo("expired");

    assertThat(instruments()).as("the two that the world began with").isEqualTo(2);
  }

  @Test
  void aRefusalStands() {
    var requested = ask(null, "balance", null, null);
    var declined = new ApprovalRequest("DECLINE", null, null);
    assertThat(
            bindings()
                .decide(PspTestBench.PRINCIPAL, requested.bindingId(), declined)
                .shown()
                .status())
        .isEqualTo("declined");
    refused(Problem.CONSENT_REFUSED, () -> approve(requested, PspTestBench.PIN));
    assertThat(instruments()).isEqualTo(2);
  }

  @Test
  void theSameRequestIsTheSameBinding() {
    var first = ask("R-1", "balance", "5.00", null);
    assertThat(ask("R-1", "balance", "5.00", null).bindingId()).isEqualTo(first.bindingId());
    refused(Problem.DUPLICATE_REQUEST, () -> ask("R-1", "balance", "6.00", null));
  }

  @Test
  void confirmationsAtTheSameTimeBindOnce() throws Exception {
    var requested = ask(null, "balance", null, null);
    // Platform threads take turns: H2 asks without a pause for a row that another has (ADR 132).
    try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory())) {
      var all =
          IntStream.range(0, 8)
              .mapToObj(_ -> threads.submit(() -> approve(requested, PspTestBench.PIN)))
              .toList();
      for (var each : all) {
        each.get();
      }
    }
    assertThat(instruments()).isEqualTo(3);
  }

  private InstrumentBindings bindings() {
    return pspTestBench.psp().bindings();
  }

  private int instruments() {
    return pspTestBench
        .psp()
        .instruments()
        .newest(PspTestBench.PRINCIPAL, null, null)
        .items()
        .size();
  }

  private Shown ask(
      @Nullable String requestId, String account, @Nullable String limit, @Nullable String card) {
    return bindings()
        .ask(
            PspTestBench.PRINCIPAL,
            new BindingRequest(
                requestId, PspTestBench.AGENT.value(), account, limit, null, card, null))
        .shown();
  }

  private void askFor(String agent, String account, @Nullable String limit) {
    bindings()
        .ask(
            PspTestBench.PRINCIPAL,
            new BindingRequest(null, agent, account, limit, null, null, null));
  }

  private InstrumentBindings.Outcome approve(Shown requested, String pin) {
    return bindings()
        .decide(
            PspTestBench.PRINCIPAL,
            requested.bindingId(),
            new ApprovalRequest("APPROVE", requested.digest(), pin));
  }

  private static void refused(Problem problem, ThrowingCallable work) {
    var refusal = catchThrowableOfType(Refusal.class, work);
    assertThat(refusal).isNotNull();
    assertThat(refusal.problem()).isEqualTo(problem);
  }
}
