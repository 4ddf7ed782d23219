package org.actsandbox.sandbox.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.URI;
import java.util.function.UnaryOperator;
import org.actsandbox.protocol.delegation.Iac;
import org.actsandbox.protocol.delegation.IacCodec;
import org.actsandbox.protocol.delegation.IacPayload;
import org.actsandbox.protocol.delegation.StatusList;
import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tests that a valid signature by the principal's real key is no authority: only issuance makes one
 * (ADD-8).
 */
class ForgedCredentialTests {

  /** Lists forgeries that are used beside a real authority, and as if they were one. */
  enum Forgery {
    ID_NEVER_ISSUED(payload -> payload.put("delegation_id", "D-of-my-own"), 0),
    ENTRY_THAT_WAS_NEVER_GIVEN_OUT(payload -> payload.put("delegation_id", "D-of-my-own"), 4000),
    ISSUED_ID_AT_ANOTHER_ENTRY(payload -> payload, 1),
    ISSUED_ID_AT_AN_ENTRY_NEVER_GIVEN_OUT(payload -> payload, 4000),
    ISSUED_ID_AND_ENTRY_WITH_OTHER_CONTENT(
        payload -> payload.put("max_total_amount", new BigDecimal("19999")), 0);

    @SuppressWarnings("ImmutableEnumChecker") // functions without state
    private final UnaryOperator<ObjectNode> change;

    private final int further;

    Forgery(UnaryOperator<ObjectNode> change, int further) {
      this.change = change;
      this.further = further;
    }

    Iac of(MutantTrial mutantTrial, Iac real) {
      var payload = change.apply((ObjectNode) Json.tree(real.payload()));
      var place = real.status();
      return AuthorityProbes.forged(
          mutantTrial,
          Json.read(payload, IacPayload.class),
          new Iac.StatusReference(place.list(), (place.index() + further) % StatusList.SIZE));
    }
  }

  @ParameterizedTest
  @EnumSource
  void isNotPaidBesideARealOne(Forgery forgery) {
    var mutantTrial = MutantTrial.of();
    var issued = AuthorityProbes.issue(mutantTrial, _ -> {});
    var real = IacCodec.verify(issued.path("iac").asString(), mutantTrial.world.directory());
    var forged = forgery.of(mutantTrial, real);
    assertThat(IacCodec.verify(forged.compact(), mutantTrial.world.directory()).payload())
        .as("the signature is good")
        .isEqualTo(forged.payload());
    var before = mutantTrial.balance();
    var refused =
        AuthorityProbes.pay(
            mutantTrial, asJson(forged), AuthorityProbes.ask(mutantTrial, asJson(forged)));
    assertThat(refused.status()).as(refused.text()).isEqualTo(403);
    assertThat(refused.json().at("/error/details/code").asString()).isEqualTo("iac_not_issued");
    assertThat(mutantTrial.balance()).isEqualTo(before);

    // The refused credential does not affect the real one, nor the reverse.
    var paid = AuthorityProbes.pay(mutantTrial, issued, AuthorityProbes.ask(mutantTrial, issued));
    assertThat(paid.status()).as(paid.text()).isEqualTo(201);
    var again =
        AuthorityProbes.pay(
            mutantTrial, asJson(forged), AuthorityProbes.ask(mutantTrial, asJson(forged)));
    assertThat(again.status()).as(again.text()).isIn(401, 403);
  }

  @ParameterizedTest
  @EnumSource(names = {"ID_NEVER_ISSUED", "ISSUED_ID_AND_ENTRY_WITH_OTHER_CONTENT"})
  void isNotPaidWhileTheDelegationServiceIsSilent(Forgery forgery) {
    var mutantTrial = MutantTrial.of();
    var issued = AuthorityProbes.issue(mutantTrial, _ -> {});
    var real = IacCodec.verify(issued.path("iac").asString(), mutantTrial.world.directory());
    mutantTrial.fault("error_status", "sandbox-delegations", "GET /**");
    var before = mutantTrial.balance();
    var forged = asJson(forgery.of(mutantTrial, real));
    var refused =
        AuthorityProbes.pay(mutantTrial, forged, AuthorityProbes.ask(mutantTrial, forged));
    assertThat(refused.status()).as(refused.text()).isEqualTo(503);
    assertThat(mutantTrial.balance()).isEqualTo(before);
    var unconfirmed =
        AuthorityProbes.pay(mutantTrial, issued, AuthorityProbes.ask(mutantTrial, issued));
    assertThat(unconfirmed.json().at("/error/details/code").asString())
        .as("never confirmed, so not payable either")
        .isEqualTo("delegation_state_unknown");
  }

  @Test
  void theListCallsNothingActiveThatWasNeverGivenOut() {
    var mutantTrial = MutantTrial.of();
    var issued = AuthorityProbes.issue(mutantTrial, _ -> {});
    var real = IacCodec.verify(issued.path("iac").asString(), mutantTrial.world.directory());
    var path = URI.create(real.status().list().toString()).getPath();
    var list = Json.read(mutantTrial.at(path), StatusList.class);
    for (int entry = 0; entry < StatusList.SIZE; entry++) {
      assertThat(list.at(entry).isPresent()).isEqualTo(entry == real.status().index());
    }
  }

  private static ObjectNode asJson(Iac forged) {
    return Json.object()
        .put("delegation_id", forged.payload().delegationId())
        .put("iac", forged.compact());
  }
}
