package org.actsandbox.sandbox.mutant.psp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.actsandbox.protocol.http.Outbound;
import org.actsandbox.protocol.http.Unanswered;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.mutant.PspDefect;
import org.actsandbox.sandbox.psp.PspWorld;
import tools.jackson.databind.node.ObjectNode;

/** Sends notifications otherwise than they were written; it calls nobody for anything else. */
record OnNews(BiFunction<Outbound, Outbound.Call, Outbound.Answer> way) implements PspDefect {

  @Override
  public PspWorld surroundings(PspWorld honest) {
    var outbound = honest.outbound();
    return honest.sendingBy(call -> way.apply(outbound, call));
  }

  static Outbound.Answer unsigned(Outbound honest, Outbound.Call call) {
    var message = (ObjectNode) Json.parse(call.body());
    message.remove(
        List.of(SignedJson.SIGNER_ID, SignedJson.SIGNATURE_TYPE, SignedJson.SIGNATURE_CONTENT));
    return honest.send(
        new Outbound.Call(
            call.method(),
            call.target(),
            call.headers(),
            Json.write(message).getBytes(StandardCharsets.UTF_8),
            call.timeout()));
  }

  static Outbound.Answer never(Outbound honest, Outbound.Call call) {
    return received();
  }

  /** A first attempt that fails counts as delivered. */
  static Outbound.Answer once(Outbound honest, Outbound.Call call) {
    try {
      var answer = honest.send(call);
      return answer.isSuccess() ? answer : received();
    } catch (Unanswered silence) {
      return received();
    }
  }

  private static Outbound.Answer received() {
    return new Outbound.Answer(200, Map.of(), new byte[0]);
  }
}
