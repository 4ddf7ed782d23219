package org.actsandbox.sandbox.trust;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.attestation.Anchor;
import org.actsandbox.protocol.attestation.AnchorCodec;
import org.actsandbox.protocol.attestation.Anchored;
import org.actsandbox.protocol.attestation.Base64Url;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.attestation.RecordSignature;
import org.actsandbox.protocol.attestation.merkle.MerkleProofs;
import org.actsandbox.protocol.attestation.merkle.TreeHead;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.SandboxServer.Answer;
import org.actsandbox.sandbox.fault.FaultOrder;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Records and the chain over HTTP, each test in a stopped world of its own. */
class TrustHttpTests {

  private static final Instant NOW = Instant.parse("2026-03-02T01:00:00Z");
  private static final Did RAIL = Purchases.RAIL;
  private static final Did OTHER = Did.of("luma-mart");

  private final SandboxServer server = SandboxServer.shared();
  private World world;
  private String operator;
  private String principal;

  @BeforeEach
  void begin() {
    world = server.newWorld(NOW);
    operator = server.operator(world);
    principal = world.roleKey(Role.PRINCIPAL, null);
  }

  @Test
  void whatHappensIsRecordedAndAnchoredInItsOrderWhenTheClockGoesOn() {
    purchase("R-1");
    assertThat(records("order_no=R-1", principal)).isEmpty();
    advance("PT0S");

    var records = records("intent_id=I-R-1", principal);
    assertThat(records)
        .extracting(each -> each.path("record").path("event_type").stringValue())
        .containsExactly(
            "act:commerce:decision-logged",
            "act:commerce:cart-confirmed",
            "act:payment:transaction-completed",
            "act:commerce:fulfillment-completed");
    assertThat(records)
        .extracting(each -> each.path("height").intValue())
        .containsExactly(1, 2, 3, 4);
    for (int i = 1; i < 4; i++) {
      assertThat(records.get(i).path("record").path("upstream_records").path(0).stringValue())
          .isEqualTo(records.get(i - 1).path("record_id").stringValue());
    }
    var last = records.get(3).path("record_id").stringValue();
    var verdict = verify(Json.object().put("record_id", last).put("upstream", true));
    assertThat(verdict.path("verified").booleanValue()).as(verdict.toString()).isTrue();
    assertThat(verdict.path("records").size()).isEqualTo(4);
    assertThat(verdict.path("records").valueStream().map(each -> each.path("result").stringValue()))
        .containsOnly("VERIFIED");
    assertThat(get("/head", null).json().path("tree_size").intValue()).isEqualTo(4);
    advance("PT1H");
    assertThat(get("/head", null).json().path("tree_size").intValue()).isEqualTo(4);
  }

  @Test
  void aDeadTrustServiceIsCaughtUpWithInOrder() {
    var fault = fault("error_status", null);
    purchase("R-1");
    advance("PT0S");
    purchase("R-2");
    advance("PT1M");
    assertThat(get("/head", null).status()).isEqualTo(404);
    assertThat(waiting()).contains("attestation");

    world.faults().remove(fault);
    advance("PT1H");
    var heads = get("/anchors", operator).json().path("items");
    assertThat(heads.valueStream().map(each -> each.path("content").path("order_no").asString("-")))
        .containsExactly("-", "-", "R-1", "R-2", "R-1", "R-2", "R-1", "R-2");
    assertThat(waiting()).doesNotContain("attestation");
  }

  @Test
  void aLostAnswerAnchorsNothingTwice() {
    fault("lost_answer", 2L);
    purchase("R-1");
    advance("PT0S");
    advance("PT1H");
    assertThat(get("/head", null).json().path("tree_size").intValue()).isEqualTo(4);
    assertThat(records("order_no=R-1", principal))
        .extracting(each -> each.path("height").intValue())
        .containsExactly(2, 3, 4);
  }

  @Test
  void theSameRecordAgainIsToldItsPlace() {
    purchase("R-1");
    advance("PT0S");
    var link = get("/anchors?cursor=1", operator).json().path("items").path(0);
    var again = submit(link.path("anchor").stringValue());
    assertThat(again.path("status").stringValue()).isEqualTo("EXISTING");
    assertThat(again.path("height").intValue()).isEqualTo(2);
    var content = (ObjectNode) link.path("content").deepCopy();
    content.put("payload_hash", "B".repeat(43));
    var other = submit(AnchorCodec.sign(Json.read(content, Anchor.class), world.signer(RAIL)));
    assertThat(other.path("status").stringValue()).isEqualTo("EXISTING");
    assertThat(other.path("differs").booleanValue()).isTrue();
    assertThat(get("/head", null).json().path("tree_size").intValue()).isEqualTo(4);
  }

  @Test
  void anchorsAreTakenForTheirSignatureOnly() {
    purchase("R-1");
    advance("PT0S");
    var content =
        (ObjectNode)
            get("/anchors?cursor=1", operator).json().path("items").path(0).path("content");
    content.put("record_id", "E-forged");
    var forged = AnchorCodec.sign(Json.read(content, Anchor.class), world.signer(RAIL));
    assertThat(submit(forged.substring(0, forged.length() - 2) + "AA").path("status").stringValue())
        .isEqualTo("REFUSED");
    assertThat(submit("no.jws.atall").path("problem").stringValue()).isNotEmpty();
    content.put("iat", NOW.minusSeconds(100_000).getEpochSecond());
    var old = AnchorCodec.sign(Json.read(content, Anchor.class), world.signer(RAIL));
    assertThat(submit(old).path("problem").stringValue()).contains("iat");
    assertThat(post("/anchors", "{\"anchors\":[]}", null).status()).isEqualTo(400);
    assertThat(submit(forged).path("status").stringValue()).isEqualTo("ANCHORED");
  }

  @Test
  void everybodySeesWhatConcernsThemAndHashesOfTheRest() {
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
  void proofsStandOnTheirOwn() {
    purchase("R-1");
    advance("PT0S");
    var first = Json.read(get("/head", null).json(), TreeHead.class);
    purchase("R-2");
    advance("PT0S");
    var second = Json.read(get("/head", null).json(), TreeHead.class);
    var path =
        get("/consistency?first=4&second=8", null)
            .json()
            .path("path")
            .valueStream()
            .map(each -> Base64Url.decode(each.stringValue()).orElseThrow())
            .toList();
    assertThat(MerkleProofs.consistent(4, first.root(), 8, second.root(), path)).isTrue();
    assertThat(get("/consistency?first=0&second=8", null).status()).isEqualTo(400);
    assertThat(get("/consistency?first=4&second=9", null).status()).isEqualTo(400);
    var id = records("order_no=R-1", principal).getFirst().path("record_id").stringValue();
    for (int size : List.of(2, 4, 8)) {
      var proof =
          Json.read(
              get("/anchors/" + id + "?tree_size=" + size, principal).json().path("proof"),
              Anchored.class);
      assertThat(proof.isIncluded()).isTrue();
      assertThat(proof.head().isSignedBy(World.TRUST, world.directory())).isTrue();
    }
  }

  @Test
  void whatWasSignedBeforeARotationStillVerifiesAndWhatWaitedIsSignedWithTheKeyOfItsTime() {
    purchase("R-1");
    assertThat(records("order_no=R-1", principal)).isEmpty();
    world.keys().rotate(RAIL, world.clock().instant().plusSeconds(60));
    advance("PT2M");
    purchase("R-2");
    advance("PT0S");
    assertThat(signer("R-1")).isEqualTo("did:act:raileast#key-1");
    assertThat(signer("R-2")).isEqualTo("did:act:raileast#key-2");
    for (var order : List.of("R-1", "R-2")) {
      var last = records("order_no=" + order, principal).getLast().path("record_id").stringValue();
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
  void aChangedRecordAndASilentChainAreToldApart() {
    purchase("R-1");
    advance("PT0S");
    var record = (ObjectNode) records("order_no=R-1", principal).getFirst().path("record");
    var order = Json.object();
    order.set("record", record.deepCopy());
    assertThat(verify(order).path("verified").booleanValue()).isTrue();
    ((ObjectNode) order.path("record").path("event_body")).put("total", "0.01");
    assertThat(verify(order).path("records").path(0).path("result").stringValue())
        .isEqualTo("PAYLOAD_HASH_MISMATCH");
    var silent =
        world
            .faults()
            .add(
                new FaultOrder(
                    "error_status",
                    "sandbox-trust",
                    "GET /anchors/*",
                    null,
                    null,
                    null,
                    null,
                    null));
    order.set("record", record);
    assertThat(verify(order).path("records").path(0).path("result").stringValue())
        .isEqualTo("ANCHOR_QUERY_TIMEOUT");
    world.faults().remove(silent.fault().id());
    assertThat(verify(order).path("verified").booleanValue()).isTrue();
  }

  @Test
  void theStorageRefusesRewritingAndTheAuditFindsWhoeverGotPast() {
    purchase("R-1");
    advance("PT0S");
    assertThat(get("/audit", operator).json().path("intact").booleanValue())
        .as(get("/audit", operator).text())
        .isTrue();
    var jdbc = server.bean(JdbcClient.class);
    for (var table : List.of("trust_anchor", "trust_node", "trust_head")) {
      assertThatThrownBy(
              () ->
                  jdbc.sql("delete from " + table + " where world = ?")
                      .param(world.partition())
                      .update())
          .isInstanceOf(DataAccessException.class);
    }
    var rewrite = "update trust_node set hash = ? where world = ? and place = 1";
    assertThatThrownBy(() -> jdbc.sql(rewrite).params("A".repeat(43), world.partition()).update())
        .isInstanceOf(DataAccessException.class)
        .hasMessageContaining("append-only");

    jdbc.sql("drop trigger trust_node_kept").update();
    try {
      jdbc.sql(rewrite).params("A".repeat(43), world.partition()).update();
    } finally {
      jdbc.sql(
              "create trigger trust_node_kept before update, delete on trust_node for each row"
                  + " call \"org.actsandbox.sandbox.database.AppendOnly\"")
          .update();
    }
    var found = get("/audit", operator).json();
    assertThat(found.path("intact").booleanValue()).isFalse();
    var what =
        found
            .path("findings")
            .valueStream()
            .map(each -> each.path("what").stringValue() + each.path("height").intValue())
            .toList();
    assertThat(what).contains("leaf2", "node1");
    assertThat(get("/audit?from=4", operator).json().path("intact").booleanValue()).isTrue();
  }

  @Test
  void deletingAWorldEmptiesItsChainAllTheSame() {
    purchase("R-1");
    advance("PT0S");
    var jdbc = server.bean(JdbcClient.class);
    jdbc.sql("insert into emptied_partitions (partition_key, noted_at) values (?, ?)")
        .params(world.partition(), Instant.EPOCH.atOffset(ZoneOffset.UTC))
        .update();
    for (var table : List.of("trust_anchor", "trust_node", "trust_head")) {
      jdbc.sql("delete from " + table + " where world = ?").param(world.partition()).update();
    }
    assertThat(get("/head", null).status()).isEqualTo(404);
  }

  private String signer(String order) {
    return records("order_no=" + order, principal)
        .getFirst()
        .path("record")
        .path("signatures")
        .path(0)
        .path("signer_id")
        .stringValue();
  }

  private void purchase(String orderNo) {
    Purchases.happen(world, orderNo);
  }

  private String fault(String name, @Nullable Long count) {
    return world
        .faults()
        .add(
            new FaultOrder(
                name, "sandbox-trust", "POST /anchors", null, null, count, Map.of(), null))
        .fault()
        .id();
  }

  private String waiting() {
    return server.get("/api/worlds/" + world.name() + "/clock", bearer(operator)).text();
  }

  private JsonNode submit(String anchor) {
    var body = Json.object();
    body.putArray("anchors").add(anchor);
    var answer = post("/anchors", Json.write(body), null);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().path("items").path(0);
  }

  private JsonNode verify(ObjectNode order) {
    var answer = post("/verifications", Json.write(order), principal);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  private List<JsonNode> records(String query, String key) {
    var answer = get("/records?" + query, key);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().path("items").valueStream().toList();
  }

  private void advance(String by) {
    var answer =
        server.post(
            "/api/worlds/" + world.name() + "/clock/advance",
            "{\"by\": \"" + by + "\"}",
            bearer(operator));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  private Answer get(String path, @Nullable String key) {
    return key == null ? server.get(path(path)) : server.get(path(path), bearer(key));
  }

  private Answer post(String path, String body, @Nullable String key) {
    return key == null ? server.post(path(path), body) : server.post(path(path), body, bearer(key));
  }

  private String path(String path) {
    return "/w/" + world.name() + "/trust" + path;
  }
}
