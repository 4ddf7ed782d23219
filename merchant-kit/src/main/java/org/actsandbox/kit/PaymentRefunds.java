package org.actsandbox.kit;

import java.io.IOException;
import java.time.Instant;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.payment.PspMessages;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives money back through the payment service (PSD-8).
 *
 * <p>Example:
 *
 * {@snippet :
 * var refunds = new PaymentRefunds(MerchantSettings.read(Path.of("shop.env")));
 * refunds.refund("R-1", "T-1", "38.00", "order cancelled", now);
 * }
 */
public final class PaymentRefunds {

  private final MerchantSettings settings;
  private final WorldClient world;

  public PaymentRefunds(MerchantSettings settings) {
    this.settings = settings;
    this.world = new WorldClient(settings, new BoundedHttp());
  }

  /**
   * Gives back a part of a payment, or all of it, in CNY.
   *
   * @param requestId 1 to 64 characters; the same one again changes nothing
   * @param amount decimal text with two places
   * @param now the world's time
   * @throws RequestRefusedException {@code unavailable}, which is temporary, if it is not known to
   *     be made: ask again with the same id. {@code refund_not_allowed} if the payment service
   *     refuses it
   */
  public void refund(String requestId, String tradeNo, String amount, String reason, Instant now) {
    var unsigned =
        new PspMessages.RefundRequest(
            requestId, tradeNo, amount, "CNY", reason, now, null, null, null);
    var message = SignedJson.sign((ObjectNode) Json.tree(unsigned), settings.signer());
    WorldClient.Reply reply;
    try {
      reply = world.askPaymentService("/refunds", Json.write(message)).orRetry();
    } catch (IOException unanswered) {
      throw RequestRefusedException.of(
          "unavailable", "the refund is not made yet: " + unanswered.getMessage());
    }
    if (!reply.isSuccess()) {
      throw RequestRefusedException.of(
          "refund_not_allowed", "the payment service refuses the refund: " + reply.refusal());
    }
  }
}
