package org.actsandbox.sandbox.psp.payment;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;

/** Lists the rules that a payment must pass before the cashier opens, in the order of ACT PSD-3. */
public enum PaymentRule {
  /**
   * The window also refuses messages from the future, because clocks that far apart have to be
   * corrected.
   */
  WINDOW(
      paymentUnderCheck ->
          InstantPayments.requireFresh(
              "timestamp", paymentUnderCheck.timestamp(), paymentUnderCheck.now())),
  SIGNATURE(PaymentRule::requireSigned),
  AGENT(PaymentRule::requireOwnKey),
  INSTRUMENT(PaymentUnderCheck::instrument),
  LIMIT(
      paymentUnderCheck ->
          paymentUnderCheck.instrument().requireCovers(paymentUnderCheck.amount())),
  PAYEE(PaymentRule::requirePayee),
  BILL_SIGNATURE(BillCheck::requireSignatures),
  BILL_CONTENT(BillCheck::requireSame),
  BILL_WINDOW(BillCheck::requireNotExpired),
  FLOW(
      paymentUnderCheck ->
          FlowIdentifierCheck.require(
              paymentUnderCheck.request().bill(), paymentUnderCheck.request().intentId(), null));

  public static final List<PaymentRule> IN_ORDER = List.of(values());
  static final Duration TIME_WINDOW = Duration.ofMinutes(5);

  @SuppressWarnings("ImmutableEnumChecker") // method references that hold nothing
  private final Consumer<PaymentUnderCheck> rule;

  PaymentRule(Consumer<PaymentUnderCheck> rule) {
    this.rule = rule;
  }

  /**
   * @throws Refusal that describes the broken rule
   */
  void check(PaymentUnderCheck paymentUnderCheck) {
    rule.accept(paymentUnderCheck);
  }

  private static void requireSigned(PaymentUnderCheck paymentUnderCheck) {
    var signer = paymentUnderCheck.signer();
    if (!signer.value().equals(paymentUnderCheck.request().agentId())) {
      throw new Refusal(Problem.SIGNATURE_INVALID, "the agent itself must sign the request")
          .at("signer_id")
          .expected(paymentUnderCheck.request().agentId())
          .observed(signer.value());
    }
  }

  private static void requireOwnKey(PaymentUnderCheck paymentUnderCheck) {
    if (!paymentUnderCheck.request().agentId().equals(paymentUnderCheck.caller().value())) {
      throw new Refusal(Problem.KEY_FORBIDDEN, "the key belongs to another agent")
          .at("agent_id")
          .expected(paymentUnderCheck.caller().value())
          .observed(paymentUnderCheck.request().agentId());
    }
  }

  private static void requirePayee(PaymentUnderCheck paymentUnderCheck) {
    if (paymentUnderCheck.payeeAccount().isEmpty()) {
      throw new Refusal(Problem.PAYEE_UNKNOWN, "the payee has no account here")
          .at("payee")
          .observed(paymentUnderCheck.request().payee());
    }
  }
}
