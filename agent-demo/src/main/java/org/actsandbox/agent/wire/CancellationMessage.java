package org.actsandbox.agent.wire;

import org.actsandbox.agent.AgentWorld;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;

/**
 * Makes the message that cancels an order. It is signed, because a merchant outside the sandbox is
 * never shown the role key by which the others know the agent.
 */
public final class CancellationMessage {

  private CancellationMessage() {}

  /**
   * Returns the signed message. The same order has the same request id, however often it is sent.
   */
  public static String of(AgentWorld world, String intentId, String orderNo) {
    var message = Json.object();
    message.put("request_id", "cancel-" + orderNo);
    message.put("intent_id", intentId);
    message.put("order_no", orderNo);
    message.put("agent_id", world.agent().value());
    message.put("timestamp", world.now().toString());
    return Json.write(SignedJson.sign(message, world.signer()));
  }
}
