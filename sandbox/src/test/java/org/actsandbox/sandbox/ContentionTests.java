package org.actsandbox.sandbox;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.actsandbox.merchants.Disturbance;
import org.actsandbox.merchants.endpoint.Merchants;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.delegation.Delegations;
import org.actsandbox.sandbox.psp.endpoint.Psp;
import org.actsandbox.sandbox.trust.PurchaseEvents;
import org.actsandbox.sandbox.trust.endpoint.TrustService;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests that every participant tries a transaction again that lost a race for a lock. */
class ContentionTests {

  private static final Instant NOW = Instant.parse("2026-03-02T01:00:00Z");

  private final SandboxServer server = SandboxServer.shared();
  private final World world = server.newWorld(NOW);

  @AfterEach
  void allRacesAreOver() {
    int ahead = LostRaces.ahead();
    LostRaces.next(0);
    assertThat(ahead).isZero();
  }

  @Test
  void aMerchantsStaffChangesItsStock() {
    var merchant = world.participant(Merchants.class).get("luma-mart");
    LostRaces.next(2);
    merchant.disturb(new Disturbance.SoldOut("P0001"));
  }

  @Test
  void thePaymentServiceComparesAPin() {
    var pins = world.participant(Psp.class).pins();
    // The right PIN is compared in a transaction only after a wrong one.
    assertThatThrownBy(() -> pins.require(World.PRINCIPAL, "000000", "a test"))
        .isInstanceOf(Refusal.class);
    LostRaces.next(2);
    assertThat(pins.require(World.PRINCIPAL, World.OPENING_PIN, "a test").passed()).isTrue();
  }

  @Test
  void theDelegationServiceEndsAnIntent() {
    var isr = Json.object().put("intent_id", "I-1");
    isr.putObject("conversation_history").put("user_intent_raw", "A ticket to Harbin");
    var draft = Json.object().put("timestamp", NOW.toString());
    draft.set("isr", isr);
    var taken =
        server.post(
            "/w/" + world.name() + "/delegations/intents",
            Json.write(SignedJson.sign(draft, world.signer(World.AGENT))),
            bearer(world.roleKey(Role.AGENT, null)));
    assertThat(taken.status()).as(taken.text()).isLessThan(300);
    var intents = world.participant(Delegations.class).dueWork().getFirst();
    LostRaces.next(2);
    intents.fireDue(NOW.plus(Duration.ofDays(2)));
  }

  @Test
  void theTrustServiceMakesRecords() {
    PurchaseEvents.happen(world, "R-1");
    LostRaces.next(2);
    assertThat(world.participant(TrustService.class).recorder().catchUp()).isTrue();
  }

  @Test
  void aRaceThatIsLostThreeTimesIsARefusal() {
    var merchant = world.participant(Merchants.class).get("luma-mart");
    LostRaces.next(3);
    assertThatThrownBy(() -> merchant.disturb(new Disturbance.SoldOut("P0001")))
        .isInstanceOfSatisfying(
            Refusal.class, refused -> assertThat(refused.problem()).isEqualTo(Problem.UNAVAILABLE));
  }
}
