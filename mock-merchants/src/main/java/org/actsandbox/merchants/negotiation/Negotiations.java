package org.actsandbox.merchants.negotiation;

import java.util.List;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.protocol.a402.PaymentNeeded;
import org.actsandbox.protocol.commerce.Negotiation;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.JsonMessage;

/** Answers which of the buyer's payment methods this merchant takes. */
public final class Negotiations {

  private final MerchantContext merchantContext;
  private final Negotiation.Response commonMethods;
  private final Negotiation.Response noMethods;

  public Negotiations(MerchantContext merchantContext) {
    this.merchantContext = merchantContext;
    var psp = merchantContext.world().psp();
    this.commonMethods =
        new Negotiation.Response(
            merchantContext.did().value(),
            List.of(
                new Negotiation.Method(
                    PaymentNeeded.METHOD_ID,
                    psp.did().value(),
                    psp.paymentsEndpoint().toString(),
                    psp.methodSchema().toString())));
    this.noMethods = new Negotiation.Response(merchantContext.did().value(), List.of());
  }

  /**
   * Returns the methods that buyer and merchant have in common. An empty list is an answer as well,
   * and the buyer must not pay on it (CID-5).
   *
   * @throws Refusal {@code not_found} at a one-way merchant; {@code invalid_field}
   */
  public Negotiation.Response answer(byte[] body) {
    if (!merchantContext.profile().twoWay()) {
      throw new Refusal(Problem.NOT_FOUND, "this merchant declares its payment methods one-way")
          .remedy("Read the capability_url of the agent card.");
    }
    var request = JsonMessage.parse(body).bind(Negotiation.Request.class);
    checkAmount(request);
    return request.buyerSupportedMethods().contains(PaymentNeeded.METHOD_ID)
            && request.currency().equals(Money.CNY.getCurrencyCode())
        ? commonMethods
        : noMethods;
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
