package org.actsandbox.sandbox.credit;

import static org.actsandbox.sandbox.credit.CreditDesk.id;
import static org.actsandbox.sandbox.credit.CreditDesk.ok;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.actsandbox.protocol.credit.CreditProjection;
import org.actsandbox.protocol.identity.Ed25519Pem;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.key.PinCheckResult;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tests the issuer at the addresses of the published profile, as a principal uses them that has the
 * key itself; {@link CreditHttpTests} goes through the credit service's page.
 */
class AssociationIssuerHttpTests {

  private static final Instant NOW = Instant.parse("2026-03-02T01:00:00Z");
  private static final String ISSUER = "/credit-issuer/v1/";

  private final SandboxServer server = SandboxServer.shared();
  private final World world = server.newWorld(NOW);
  private final CreditDesk desk = new CreditDesk(server, world);

  /** Checks ACT CRD-5.c and CRD-6.a: the subject's own signature confirms what was prepared. */
  @Test
  void aSubjectConfirmsWithItsOwnSignatureAndReadsWhatItHolds() {
    var application = desk.application("DIRECT_SIGNATURE");
    ok(desk.apply(application));
    var at = ISSUER + "association-applications/" + application.path("applicationId").asString("");
    var payload = ok(desk.post(at + "/preparations", "", desk.principal())).path("signingPayload");

    var credential = ok(desk.post(at + "/confirmations", confirmation(payload), desk.principal()));

    var own = ISSUER + "association-credentials/" + id(credential);
    assertThat(ok(desk.get(own, desk.principal()))).isEqualTo(credential);
    assertThat(desk.get(own, desk.merchant()).status()).isEqualTo(403);
    var held = ok(desk.get("/credit-issuer/associations", desk.principal())).path("items");
    assertThat(held).hasSize(1);
    assertThat(held.at("/0/credential")).isEqualTo(credential);
  }

  private ObjectNode confirmation(JsonNode payload) {
    var principal = principal();
    var confirmation =
        Json.object()
            .put("confirmationMethod", "DIRECT_SIGNATURE")
            .put("subjectSignature", CreditProjection.SUBJECT.signature(payload, principal))
            .put("subjectSignatureAlgorithm", CreditProjection.ALGORITHM);
    confirmation
        .putObject("subjectPublicKey")
        .put("keyId", principal.signerId())
        .put("format", "pem-spki")
        .put("value", Ed25519Pem.write(world.keys().publicKeys(World.PRINCIPAL).getFirst()));
    return confirmation;
  }

  private Signer principal() {
    return world
        .principals()
        .signer(World.PRINCIPAL)
        .release(new PinCheckResult(true, World.PRINCIPAL, "test", NOW));
  }

  /** Checks ACT CRD-8.d: a suspended credential resumes on a signed order alone. */
  @Test
  void aSignedOrderSuspendsAndResumes() {
    var credential = desk.credential();
    var at = ISSUER + "association-credentials/" + id(credential);

    assertThat(state(desk.post(at + "/suspensions", order(credential, "SUSPENDED"))))
        .isEqualTo("SUSPENDED");
    var unsigned = order(credential, "ACTIVE");
    unsigned.remove("requestProof");
    assertThat(desk.post(at + "/resumptions", unsigned).status()).isEqualTo(400);
    assertThat(state(desk.post(at + "/resumptions", order(credential, "ACTIVE"))))
        .isEqualTo("ACTIVE");
  }

  private static String state(SandboxServer.Answer answer) {
    return ok(answer).path("status").asString();
  }

  private ObjectNode order(JsonNode credential, String target) {
    var order =
        Json.object()
            .put("requestId", "CO-" + target)
            .put("credentialId", id(credential))
            .put("targetStatus", target)
            .put("reasonCode", "SUBJECT_ORDER")
            .put("requestedBy", World.PRINCIPAL.value())
            .put("requestedAt", NOW.toString());
    order.putObject("antiReplay").put("nonce", "order-of-the-subject-" + target);
    return CreditProjection.REQUEST.prove(order, principal());
  }
}
