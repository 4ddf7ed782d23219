package org.actsandbox.merchants.negotiation;

import java.util.List;
import org.actsandbox.merchants.Outlet;
import org.actsandbox.merchants.message.Message;
import org.actsandbox.protocol.a402.PaymentNeeded;
import org.actsandbox.protocol.commerce.Negotiation;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;

/** Says which of the buyer's payment methods this merchant takes. */
public final class Negotiations {

  private final Outlet outlet;
  private final Negotiation.Response answer;
  private final Negotiation.Response nothing;

  public Negotiations(Outlet outlet) {
    this.outlet = outlet;
    var psp = outlet.world().psp();
    this.answer =
        new Negotiation.Response(
            outlet.did().value(),
            List.of(
                new Negotiation.Method(
                    PaymentNeeded.METHOD_ID,
                    psp.did().value(),
                    psp.paymentsEndpoint().toString(),
                    psp.methodSchema().toString())));
    this.nothing = new Negotiation.Response(outlet.did().value(), List.of());
  }

  /**
   * The methods in common; none is an answer as well, and the buyer must not pay on it (CID-5).
   *
   * @throws Refusal {@code not_found} at a one-way merchant; {@code invalid_field}
   */
  Negotiation.Response answer(byte[] body) {
    if (!outlet.profile().twoWay()) {
      throw new Refusal(Problem.NOT_FOUND, "this merchant declares its payment methods one-way")
          .remedy("Read the capability_url of the agent card.");
    }
    var request = Message.parse(body).bind(Negotiation.Request.class);
    checkAmount(request);
    return request.buyerSupportedMethods().contains(PaymentNeeded.METHOD_ID)
            && request.currency().equals(Money.CNY.getCurrencyCode())
        ? answer
        : nothing;
  }

  private static void checkAmount(Negotiation.Request request) {
    try {
      Money.of(request.estimatedAmount(), request.currency());
    } catch (IllegalArgumentException wrong) {
      throw new Refusal(Problem.INVALID_FIELD, "estimated_amount is not an amount of the currency")
          .at("estimated_amount")
          .expected("a decimal string and an ISO 4217 currency")
          .observed(request.estimatedAmount());
    }
  }
}
