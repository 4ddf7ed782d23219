package org.actsandbox.alipay.client;

import org.actsandbox.alipay.client.GatewayClient.Caller;
import org.actsandbox.alipay.client.GatewayClient.UnansweredException;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Makes the two calls of a seller in Alipay's pay-per-use profile, and says what their answers mean
 * for the buyer (AIP-8 to AIP-28).
 */
public final class PayPerUseCalls {

  public static final String VERIFY = "alipay.aipay.agent.payment.verify";
  public static final String CONFIRM = "alipay.aipay.agent.fulfillment.confirm";

  /** Is what the gateway answers to a second confirm, whose first answer was lost (AIP-28). */
  private static final String CONFIRMED_BEFORE = "TRADE_STATUS_INVALID";

  private final GatewayClient gateway;

  public PayPerUseCalls(GatewayClient gateway) {
    this.gateway = gateway;
  }

  /** Represents what the gateway knows of a payment. The sandbox may leave texts empty (AIP-12). */
  public record VerifiedPayment(String outTradeNo, String amount, String resourceId) {}

  /**
   * Asks whether a proof is good.
   *
   * @throws ProofRefusedException if it is not good, or not for this trade
   * @throws UnansweredException if nothing is known; a refusal that says nothing of the proof is no
   *     reason to bill again (AIP-14)
   */
  public VerifiedPayment verify(Caller caller, PresentedProof proof)
      throws ProofRefusedException, UnansweredException {
    var content = Json.object().put("trade_no", proof.tradeNo());
    content.put("payment_proof", proof.paymentProof());
    content.put("client_session", proof.clientSession());
    var answer = gateway.call(caller, VERIFY, content);
    if (!isSuccess(answer)) {
      var subCode = answer.path("sub_code").asString("");
      if (answer.path("code").asString("").equals("40004") && !subCode.equals("SYSTEM_ERROR")) {
        throw new ProofRefusedException(subCode, answer.path("sub_msg").asString(""));
      }
      throw new UnansweredException("the gateway answered " + subCode);
    }
    if (!answer.path("active").asBoolean(false)
        || !answer.path("trade_no").asString("").equals(proof.tradeNo())) {
      throw new ProofRefusedException(
          "INVALID_PAYMENT_PROOF", "The proof is not active for this trade.");
    }
    return new VerifiedPayment(
        answer.path("out_trade_no").asString(""),
        answer.path("amount").asString(""),
        answer.path("resource_id").asString(""));
  }

  /**
   * Confirms a delivery. It may be called again.
   *
   * @return null if the gateway knows of the delivery now, else why it does not
   * @throws UnansweredException if nothing is known
   */
  public @Nullable String confirm(Caller caller, String tradeNo) throws UnansweredException {
    var answer = gateway.call(caller, CONFIRM, Json.object().put("trade_no", tradeNo));
    return isSuccess(answer) || answer.path("sub_code").asString("").equals(CONFIRMED_BEFORE)
        ? null
        : answer.path("sub_msg").asString("");
  }

  private static boolean isSuccess(JsonNode answer) {
    return answer.path("code").asString("").equals("10000");
  }
}
