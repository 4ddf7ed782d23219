package org.actsandbox.sandbox.mutant.psp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.mutant.PspDefect;
import org.actsandbox.sandbox.psp.PspWorld;
import tools.jackson.databind.node.ObjectNode;

/**
 * A defect of the payment service: it sends notifications in another way than they were written.
 * The outbound client is used for notifications only.
 */
record NotificationDefect(
    BiFunction<OutboundClient, OutboundClient.Call, OutboundClient.Answer> sending)
    implements PspDefect {

  @Override
  public PspWorld changeWorld(PspWorld honest) {
    var outboundClient = honest.outbound();
    return honest.withOutbound(call -> sending.apply(outboundClient, call));
  }

  static OutboundClient.Answer unsigned(OutboundClient honest, OutboundClient.Call call) {
    var message = (ObjectNode) Json.parse(call.body());
    message.remove(
        List.of(SignedJson.SIGNER_ID, SignedJson.SIGNATURE_TYPE, SignedJson.SIGNATURE_CONTENT));
    return honest.send(
        new OutboundClient.Call(
            call.method(),
            call.target(),
            call.headers(),
            Json.write(message).getBytes(StandardCharsets.UTF_8),
            call.timeout()));
  }

  static OutboundClient.Answer never(OutboundClient honest, OutboundClient.Call call) {
    return received();
  }

  /** Treats a failed first attempt as delivered. */
  static OutboundClient.Answer once(OutboundClient honest, OutboundClient.Call call) {
    try {
      var answer = honest.send(call);
      return answer.isSuccess() ? answer : received();
    } catch (NoAnswerException silence) {
      return received();
    }
  }

  private static OutboundClient.Answer received() {
    return new OutboundClient.Answer(200, Map.of(), new byte[0]);
  }
}
