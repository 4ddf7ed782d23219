package org.actsandbox.web.cli.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.web.cli.server.Terminal;
import tools.jackson.databind.JsonNode;

/**
 * Lets the principal decide at the cashier in a terminal: it shows what will be signed and asks for
 * the PIN.
 */
final class DemoCashier {

  /** The PIN of the world {@code demo}, which the README prints and which protects nothing. */
  static final String DEMO_PIN = "246810";

  private static final Duration POLL_PAUSE = Duration.ofMillis(50);
  private static final int MAX_POLLS = 60;

  private final TargetWorld targetWorld;
  private final SandboxClient client;
  private final Terminal terminal;
  private final boolean yes;

  DemoCashier(TargetWorld targetWorld, SandboxClient client, Terminal terminal, boolean yes) {
    this.targetWorld = targetWorld;
    this.client = client;
    this.terminal = terminal;
    this.yes = yes;
  }

  void answer(JsonNode needed) {
    var tradeNo = needed.path("trade_no").asString();
    var shown = client.get(approval(tradeNo), targetWorld.keys().principal());
    var content = shown.path("content");
    terminal.say(
        "cashier",
        content.path("payee_name").asString(),
        content.path("payee").asString(),
        DemoAmount.of(content),
        content.path("merchant_order_no").asString(),
        terminal.moment(Instant.parse(content.path("expires_at").asString())));
    if (yes) {
      decide(tradeNo, Map.of("decision", "APPROVE", "digest", digest(shown), "pin", DEMO_PIN));
      return;
    }
    askUntilDecided(tradeNo, digest(shown));
  }

  /**
   * Waits, for at most three seconds, until the merchant's fulfilment confirmation has reached the
   * payment service, and returns the payment.
   */
  JsonNode settled(String tradeNo) {
    JsonNode payment = Json.object();
    for (int i = 0; i < MAX_POLLS; i++) {
      payment = client.get(targetWorld.at("/psp/payments/" + tradeNo), targetWorld.keys().agent());
      if (payment.path("transaction_state").asString().startsWith("TRADE_")) {
        return payment;
      }
      LockSupport.parkNanos(POLL_PAUSE.toNanos());
    }
    return payment;
  }

  private void askUntilDecided(String tradeNo, String digest) {
    while (true) {
      var pin = terminal.askSecret(terminal.text("pin"));
      if (pin == null || pin.isBlank()) {
        decide(tradeNo, Map.of("decision", "DECLINE", "digest", digest));
        return;
      }
      try {
        decide(tradeNo, Map.of("decision", "APPROVE", "digest", digest, "pin", pin.strip()));
        return;
      } catch (UnexpectedReply refused) {
        terminal.print(String.valueOf(refused.getMessage()));
        if (!refused.code().equals("pin_wrong")) {
          decide(tradeNo, Map.of("decision", "DECLINE", "digest", digest));
          return;
        }
      }
    }
  }

  private void decide(String tradeNo, Map<String, String> answer) {
    client.post(approval(tradeNo), targetWorld.keys().principal(), answer);
  }

  private static String digest(JsonNode shown) {
    return shown.path("digest").asString();
  }

  private java.net.URI approval(String tradeNo) {
    return targetWorld.at("/psp/payments/" + tradeNo + "/approval");
  }
}
