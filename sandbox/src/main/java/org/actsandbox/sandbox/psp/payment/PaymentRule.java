package org.actsandbox.sandbox.psp.payment;

import java.util.List;
import java.util.function.Consumer;
import org.actsandbox.protocol.refusal.Refusal;

/** Lists the rules that a payment must pass before the cashier opens, in the order of ACT PSD-3. */
public enum PaymentRule {
  /**
   * The window also refuses messages from the future, because clocks that far apart have to be
   * corrected.
   */
  WINDOW(
      paymentUnderCheck ->
          PaymentRequestChecks.requireFresh(
              "timestamp", paymentUnderCheck.timestamp(), paymentUnderCheck.now())),
  SIGNATURE(
      paymentUnderCheck ->
          PaymentRequestChecks.requireSigner(
              paymentUnderCheck.request().agentId(), paymentUnderCheck.signer())),
  AGENT(
      paymentUnderCheck ->
          PaymentRequestChecks.requireOwnKey(
              paymentUnderCheck.request().agentId(), paymentUnderCheck.caller())),
  INSTRUMENT(PaymentUnderCheck::instrument),
  LIMIT(
      paymentUnderCheck ->
          paymentUnderCheck.instrument().requireCovers(paymentUnderCheck.amount())),
  PAYEE(PaymentUnderCheck::payee),
  BILL_SIGNATURE(BillCheck::requireSignatures),
  BILL_CONTENT(BillCheck::requireSame),
  BILL_WINDOW(BillCheck::requireNotExpired),
  FLOW(
      paymentUnderCheck ->
          FlowIdentifierCheck.require(
              paymentUnderCheck.request().bill(), paymentUnderCheck.request().intentId(), null));

  public static final List<PaymentRule> IN_ORDER = List.of(values());

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
}
