package org.actsandbox.sandbox.dispute;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.trust.TrustWorld;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sends the dispute service's signed messages to the parties over HTTP. */
final class SignedHttpClient {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final TrustWorld world;

  SignedHttpClient(TrustWorld world) {
    this.world = world;
  }

  /**
   * Represents the reply to a message. Only {@link Done} and {@link Refused} say what the other
   * side did (A402-9).
   */
  sealed interface Reply {

    record Done(JsonNode body) implements Reply {}

    /** The receiver refused finally, so a repetition is useless. */
    record Refused(int status, String code) implements Reply {}

    record Silent(String why) implements Reply {}
  }

  /** Signs a message with the dispute service's current key. */
  ObjectNode sign(Object message) {
    return SignedJson.sign((ObjectNode) Json.tree(message), world.signer());
  }

  Reply post(URI target, JsonNode message) {
    var headers = Map.of("Content-Type", "application/json", "Act-Sender", world.did().value());
    try {
      var answer =
          world
              .outbound()
              .send(new OutboundClient.Call("POST", target, headers, Json.bytes(message), TIMEOUT));
      if (answer.isSuccess()) {
        return new Reply.Done(
            answer.body().length == 0 ? Json.object() : Json.parse(answer.body()));
      }
      return answer.isFinalRefusal()
          ? new Reply.Refused(answer.status(), code(answer.body()))
          : new Reply.Silent("status " + answer.status());
    } catch (NoAnswerException silence) {
      return new Reply.Silent(silence.isTimeout() ? "no answer in time" : "no answer");
    } catch (JacksonException notJson) {
      return new Reply.Silent("an answer that is not JSON");
    }
  }

  private static String code(byte[] body) {
    return Json.parse(body).path("error").path("details").path("code").asString("");
  }
}
