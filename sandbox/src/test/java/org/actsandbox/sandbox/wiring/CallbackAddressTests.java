package org.actsandbox.sandbox.wiring;

import static org.actsandbox.sandbox.wiring.TwoPrincipalsWorld.LIN;
import static org.actsandbox.sandbox.wiring.TwoPrincipalsWorld.PIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.sandbox.notification.WebhookReceiver;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Tests the addresses that an agent names for an authority and for a payment under it. */
class CallbackAddressTests {

  private final TwoPrincipalsWorld two = new TwoPrincipalsWorld();
  private final WebhookReceiver receiver = new WebhookReceiver();

  @AfterEach
  void close() {
    receiver.close();
  }

  private List<String> told(String path) {
    two.world.clock().advanceTo(two.world.clock().instant());
    return receiver.arrivals.stream()
        .filter(each -> each.path().equals(path))
        .map(WebhookReceiver.Arrival::event)
        .toList();
  }

  @Test
  void theAgentIsToldWhatBecomesOfAnAuthorityAtItsAddress() {
    assertThat(two.proposes(LIN, "I-1", receiver.url("/authority")).status()).isEqualTo(201);
    assertThat(told("/authority")).isEmpty();
    var delegationId =
        two.approve("/delegations/intents/I-1/confirmation", LIN, PIN)
            .json()
            .path("delegation_id")
            .asString();
    assertThat(told("/authority")).containsExactly("delegation_issued");
    var issued = (ObjectNode) receiver.arrivals.getFirst().json();
    assertThat(issued.path("delegation_id").asString()).isEqualTo(delegationId);
    assertThat(SignedJson.verify(issued, two.world.keys())).isEqualTo(World.DELEGATIONS);

    for (var move : List.of("suspend", "resume", "revoke")) {
      var body = move.equals("resume") ? Map.of("pin", PIN) : Map.of("reason", "a test");
      two.post("/delegations/iacs/" + delegationId + "/" + move, body, two.key(LIN));
    }
    assertThat(told("/authority"))
        .containsExactly(
            "delegation_issued",
            "delegation_suspended",
            "delegation_resumed",
            "delegation_revoked");

    assertThat(two.proposes(LIN, "I-2", receiver.url("/declined")).status()).isEqualTo(201);
    two.post("/delegations/intents/I-2/confirmation", Map.of("decision", "DECLINE"), two.key(LIN));
    assertThat(told("/declined")).containsExactly("intent_declined");
  }

  @Test
  void theAgentIsToldOfAPaymentUnderAnAuthorityAtItsAddress() {
    var delegationId = two.authority(World.PRINCIPAL, "I-1");
    var paid = two.pays(World.PRINCIPAL, delegationId, "R-1", receiver.url("/paid"));
    assertThat(paid.status()).as(paid.text()).isEqualTo(201);
    assertThat(told("/paid")).containsExactly("payment_succeeded");
    var told = (ObjectNode) receiver.arrivals.getFirst().json();
    assertThat(told.path("trade_no")).isEqualTo(paid.json().path("trade_no"));
    assertThat(SignedJson.verify(told, two.world.keys())).isEqualTo(World.PSP);

    two.refunds(paid.json().path("trade_no").asString(), "80.00");
    assertThat(told("/paid")).containsExactly("payment_succeeded", "refund_succeeded");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://127.0.0.1/x", "http://203.0.113.9/x", "not an address"})
  void anAddressThatIsNotCalledIsRefusedBeforeAnythingIsStored(String address) {
    var asked = two.proposes(LIN, "I-1", address);
    assertThat(asked.status()).as(asked.text()).isBetween(400, 403);
    assertThat(asked.text()).contains("callback_url");
    assertThat(two.get("/delegations/intents/I-1", two.agent).status()).isEqualTo(404);

    var delegationId = two.authority(World.PRINCIPAL, "I-2");
    var ledger = two.ledger();
    var paid = two.pays(World.PRINCIPAL, delegationId, "R-1", address);
    assertThat(paid.status()).as(paid.text()).isBetween(400, 403);
    assertThat(paid.text()).contains("callback_url");
    assertThat(two.ledger()).isEqualTo(ledger);
    assertThat(two.read("/psp/payments", two.key(World.PRINCIPAL)).path("items")).isEmpty();
  }
}
