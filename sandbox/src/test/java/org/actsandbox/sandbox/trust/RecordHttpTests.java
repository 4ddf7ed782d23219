package org.actsandbox.sandbox.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.actsandbox.protocol.attestation.Base64Url;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.attestation.RecordSignature;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.fault.FaultRequest;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Tests reading, signing and verifying records, and who may do it. */
class RecordHttpTests extends TrustHttpTestBase {

  @Test
  void participantsSeeTheirRecordsAndHashesOfTheRest() {
    purchase("R-1");
    advance("PT0S");
    var rail = world.roleKey(Role.MERCHANT, RAIL);
    var mart = world.roleKey(Role.MERCHANT, OTHER);
    assertThat(records("order_no=R-1", rail)).hasSize(3);
    assertThat(records("order_no=R-1", mart)).isEmpty();
    assertThat(get("/records?order_no=R-1", null).status()).isEqualTo(401);
    var decision = records("intent_id=I-R-1", principal).getFirst().path("record_id").stringValue();
    assertThat(get("/records/" + decision, rail).status()).isEqualTo(404);
    assertThat(get("/anchors/" + decision, rail).status()).isEqualTo(404);
    assertThat(get("/anchors/" + decision, world.roleKey(Role.AGENT, null)).status())
        .isEqualTo(200);
    var links = get("/anchors", rail).json().path("items");
    assertThat(links.path(0).has("anchor")).isFalse();
    assertThat(links.path(1).has("anchor")).isTrue();
    assertThat(get("/anchors", null).json().path("items").path(1).has("content")).isFalse();
    assertThat(get("/audit", principal).status()).isEqualTo(403);
    assertThat(post("/verifications", "{\"record_id\":\"" + decision + "\"}", rail).status())
        .isEqualTo(404);
  }

  @Test
  void recordsFromBeforeARotationVerifyAndWaitingEventsAreSignedWithTheKeyOfTheirTime() {
    purchase("R-1");
    assertThat(records("order_no=R-1", principal)).isEmpty();
    world.keys().rotate(RAIL, () -> world.clock().instant().plusSeconds(60));
    advance("PT2M");
    purchase("R-2");
    advance("PT0S");
    assertThat(signer("R-1")).isEqualTo("did:act:raileast#key-1");
    assertThat(signer("R-2")).isEqualTo("did:act:raileast#key-2");
    for (var request : List.of("R-1", "R-2")) {
      var last =
          records("order_no=" + request, principal).getLast().path("record_id").stringValue();
      assertThat(
              verify(Json.object().put("record_id", last).put("upstream", true))
                  .path("verified")
                  .booleanValue())
          .isTrue();
    }
    var keys = get("/keys/raileast", null).json().path("keys");
    assertThat(keys.path(0).path("valid_until")).isEqualTo(keys.path(1).path("valid_from"));
    assertThat(get("/keys/nobody", null).status()).isEqualTo(404);
  }

  @Test
  void anotherParticipantSignsTheRecordToo() {
    purchase("R-1");
    advance("PT0S");
    var kept = records("order_no=R-1", principal).getFirst();
    var record = Json.read(kept.path("record"), OffChainRecord.class);
    var agent = world.signer(World.AGENT);
    var signature =
        new RecordSignature(
            agent.signerId(),
            agent.type().name(),
            Base64Url.encode(agent.sign(record.signedBytes())),
            RecordSignature.COVERED);
    var path = "/records/" + record.recordId() + "/signatures";
    var rail = world.roleKey(Role.MERCHANT, RAIL);
    assertThat(post(path, Json.write(signature), rail).status()).isEqualTo(403);
    var key = world.roleKey(Role.AGENT, null);
    var wrong =
        new RecordSignature(agent.signerId(), "ED25519", "A".repeat(86), RecordSignature.COVERED);
    assertThat(post(path, Json.write(wrong), key).status()).isEqualTo(401);
    for (int twice = 0; twice < 2; twice++) {
      var signed = post(path, Json.write(signature), key);
      assertThat(signed.json().path("record").path("signatures").size()).isEqualTo(2);
    }
    assertThat(
            verify(Json.object().put("record_id", record.recordId()))
                .path("verified")
                .booleanValue())
        .isTrue();
  }

  @Test
  void aChangedRecordAndASilentChainHaveDifferentResults() {
    purchase("R-1");
    advance("PT0S");
    var record = (ObjectNode) records("order_no=R-1", principal).getFirst().path("record");
    var request = Json.object();
    request.set("record", record.deepCopy());
    assertThat(verify(request).path("verified").booleanValue()).isTrue();
    ((ObjectNode) request.path("record").path("event_body")).put("total", "0.01");
    assertThat(verify(request).path("records").path(0).path("result").stringValue())
        .isEqualTo("PAYLOAD_HASH_MISMATCH");
    var silent =
        world
            .faults()
            .add(
                new FaultRequest(
                    "error_status",
                    "sandbox-trust",
                    "GET /anchors/*",
                    null,
                    null,
                    null,
                    null,
                    null));
    request.set("record", record);
    assertThat(verify(request).path("records").path(0).path("result").stringValue())
        .isEqualTo("ANCHOR_QUERY_TIMEOUT");
    world.faults().remove(silent.fault().id());
    assertThat(verify(request).path("verified").booleanValue()).isTrue();
  }
}
