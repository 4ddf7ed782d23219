package org.actsandbox.sandbox.psp.payment;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;

/** What must hold before the cashier opens, in the order of ACT PSD-3. */
public enum PaymentRule {
  /** The window also refuses messages from the future: clocks that far apart need looking at. */
  WINDOW(asking -> InstantPayments.requireFresh("timestamp", asking.timestamp(), asking.now())),
  SIGNATURE(PaymentRule::requireSigned),
  AGENT(PaymentRule::requireOwnKey),
  INSTRUMENT(Asking::instrument),
  LIMIT(asking -> asking.instrument().requireCovers(asking.amount())),
  PAYEE(PaymentRule::requirePayee),
  BILL_SIGNATURE(BillCheck::signed),
  BILL_CONTENT(BillCheck::same),
  BILL_WINDOW(BillCheck::open),
  FLOW(asking -> FlowCheck.require(asking.request().bill(), asking.request().intentId(), null));

  public static final List<PaymentRule> IN_ORDER = List.of(values());
  static final Duration TIME_WINDOW = Duration.ofMinutes(5);

  @SuppressWarnings("ImmutableEnumChecker") // method references that hold nothing
  private final Consumer<Asking> rule;

  PaymentRule(Consumer<Asking> rule) {
    this.rule = rule;
  }

  /**
   * @throws Refusal that says what is broken
   */
  void check(Asking asking) {
    rule.accept(asking);
  }

  private static void requireSigned(Asking asking) {
    var signer = asking.signer();
    if (!signer.value().equals(asking.request().agentId())) {
      throw new Refusal(Problem.SIGNATURE_INVALID, "the agent itself must sign the request")
          .at("signer_id")
          .expected(asking.request().agentId())
          .observed(signer.value());
    }
  }

  private static void requireOwnKey(Asking asking) {
    if (!asking.request().agentId().equals(asking.caller().value())) {
      throw new Refusal(Problem.KEY_FORBIDDEN, "the key belongs to another agent")
          .at("agent_id")
          .expected(asking.caller().value())
          .observed(asking.request().agentId());
    }
  }

  private static void requirePayee(Asking asking) {
    if (asking.payeeAccount().isEmpty()) {
      throw new Refusal(Problem.PAYEE_UNKNOWN, "the payee has no account here")
          .at("payee")
          .observed(asking.request().payee());
    }
  }
}
