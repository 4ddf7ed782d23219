package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.actsandbox.client.DelegationClient;
import org.actsandbox.protocol.delegation.DelegationMode;
import org.actsandbox.protocol.delegation.Iac.StatusReference;
import org.actsandbox.protocol.delegation.IacCodec;
import org.actsandbox.protocol.delegation.IacPayload;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.key.Hmac;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests that a program with the operator's key cannot forge a credential in the principal's name.
 * The forgery is signed with the key that an earlier version derived from the seed, which the
 * operator can read.
 */
@ExtendWith(SandboxExtension.class)
class ForgedCredentialScenarioTests {

  private static final String PRINCIPAL = "did:act:principal";

  @Test
  void aCredentialMadeFromTheShownSeedPaysNothing(ScenarioTestWorld scenarioTestWorld) {
    var before = scenarioTestWorld.wallet();
    var view =
        scenarioTestWorld
            .client()
            .get(scenarioTestWorld.target().api(""), scenarioTestWorld.target().keys().operator());
    var seed = HexFormat.of().parseHex(view.path("seed").asString());
    var stolen =
        new Ed25519KeyPair(
            PRINCIPAL + "#key-1", Hmac.derive(seed, "ed25519 " + PRINCIPAL + "#key-1"));
    var payload =
        new IacPayload(
            "D-forged",
            "I-forged",
            null,
            PRINCIPAL,
            scenarioTestWorld.buyer().agent().agentId(),
            DelegationMode.SPECIFIED,
            ScenarioTestWorld.START.minus(Duration.ofMinutes(1)),
            ScenarioTestWorld.START.plus(Duration.ofDays(1)),
            new BigDecimal(100_000),
            "CNY",
            List.of("balance"),
            "payment_pin",
            ScenarioTestWorld.START,
            "sha-256:" + "A".repeat(43),
            null);
    var lists = scenarioTestWorld.target().at("/delegations/status/0");
    var forged =
        IacCodec.issue(
            payload, new StatusReference(lists, 4_000), ScenarioTestWorld.START, null, stolen);
    var heldOrder = scenarioTestWorld.held("1", "luma-mart", ScenarioTestWorld.charger());
    var delegationClient =
        new DelegationClient(
            scenarioTestWorld.target(), scenarioTestWorld.buyer(), () -> ScenarioTestWorld.START);
    var granted = Json.object().put("delegation_id", "D-forged").put("iac", forged.compact());
    granted.put("principal_id", PRINCIPAL);

    var answer =
        delegationClient.pay(
            "SPECIFIED",
            scenarioTestWorld
                .buyer()
                .signed(
                    delegationClient.payment("1", heldOrder.bill(), heldOrder.order(), granted)),
            scenarioTestWorld.buyer().agent().key());

    assertThat(answer.status()).as(answer.toString()).isEqualTo(401);
    assertThat(answer.code()).isEqualTo("iac_invalid");
    assertThat(answer.toString()).contains("the signature does not match");
    assertThat(scenarioTestWorld.wallet()).isEqualTo(before);
    assertThat(scenarioTestWorld.paidOut()).isEmpty();
  }
}
