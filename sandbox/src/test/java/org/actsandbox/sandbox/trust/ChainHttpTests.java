package org.actsandbox.sandbox.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.actsandbox.protocol.attestation.Anchor;
import org.actsandbox.protocol.attestation.AnchorCodec;
import org.actsandbox.protocol.attestation.Base64Url;
import org.actsandbox.protocol.attestation.merkle.InclusionProof;
import org.actsandbox.protocol.attestation.merkle.MerkleProofs;
import org.actsandbox.protocol.attestation.merkle.TreeHead;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.trust.chain.AnchorChain;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

/** Tests how records are anchored on the chain, and that they cannot be removed from it. */
class ChainHttpTests extends TrustHttpTestBase {

  /** Checks ACT TSD-1.b and TSD-2.i. */
  @Test
  void eventsAreRecordedAndAnchoredInOrderWhenTheClockGoesOn() {
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

  /**
   * There are more events than one batch records, and more of one holder than one submission takes.
   */
  @Test
  void parallelEventsAreAnchoredOnceAndCausesFirst() {
    int many = AnchorChain.MAX_BATCH + 10;
    IntStream.range(0, many).forEach(i -> purchase("R-" + i));
    advance("PT0S");

    assertThat(get("/head", null).json().path("tree_size").intValue()).isEqualTo(4 * many);
    for (int i : List.of(0, AnchorChain.MAX_BATCH - 1, AnchorChain.MAX_BATCH, many - 1)) {
      var records = records("intent_id=I-R-" + i, principal);
      assertThat(records)
          .extracting(each -> each.path("height").intValue())
          .hasSize(4)
          .isSorted()
          .doesNotContain(0);
      for (int at = 1; at < 4; at++) {
        assertThat(records.get(at).path("record").path("upstream_records").path(0))
            .isEqualTo(records.get(at - 1).path("record_id"));
      }
    }
    assertThat(waiting()).doesNotContain("attestation");
  }

  @Test
  void eventsDuringAnOutageAreAnchoredInOrderAfterwards() {
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

  /** Checks ACT TSD-4.c. */
  @Test
  void aRepeatedRecordGetsItsExistingHeight() {
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
  void aReceiptHasTheNewestHeadWhetherItsAnchorsAreNewOrNot() {
    purchase("R-1");
    advance("PT0S");
    var content =
        (ObjectNode)
            get("/anchors?cursor=1", operator).json().path("items").path(0).path("content");
    for (int size = 5; size <= 6; size++) {
      content.put("record_id", "E-" + size);
      var compact = AnchorCodec.sign(Json.read(content, Anchor.class), world.signer(RAIL));
      var submission = Json.object();
      submission.putArray("anchors").add(compact);
      for (int time = 0; time < 2; time++) {
        var receipt = post("/anchors", submission.toString(), null).json();
        assertThat(receipt.path("head").path("tree_size").intValue()).isEqualTo(size);
        assertThat(receipt.path("head")).isEqualTo(get("/head", null).json());
      }
    }
  }

  @Test
  void anchorsAreAcceptedForTheirSignatureOnly() {
    purchase("R-1");
    advance("PT0S");
    var content =
        (ObjectNode)
            get("/anchors?cursor=1", operator).json().path("items").path(0).path("content");
    content.put("record_id", "E-forged");
    var forged = AnchorCodec.sign(Json.read(content, Anchor.class), world.signer(RAIL));
    // The change is not at the end, because one in sixteen Ed25519 signatures ends with a zero byte
    // by itself.
    int first = forged.lastIndexOf('.') + 1;
    var other = forged.charAt(first) == 'A' ? 'B' : 'A';
    var altered = forged.substring(0, first) + other + forged.substring(first + 1);
    assertThat(submit(altered).path("status").stringValue()).isEqualTo("REFUSED");
    assertThat(submit("no.jws.atall").path("problem").stringValue()).isNotEmpty();
    content.put("iat", NOW.minusSeconds(100_000).getEpochSecond());
    var old = AnchorCodec.sign(Json.read(content, Anchor.class), world.signer(RAIL));
    assertThat(submit(old).path("problem").stringValue()).contains("iat");
    assertThat(post("/anchors", "{\"anchors\":[]}", null).status()).isEqualTo(400);
    assertThat(submit(forged).path("status").stringValue()).isEqualTo("ANCHORED");
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
              InclusionProof.class);
      assertThat(proof.provesInclusion()).isTrue();
      assertThat(proof.head().isSignedBy(World.TRUST, world.directory())).isTrue();
    }
  }

  /** Checks ACT TSD-4.d. */
  @Test
  void theStorageRefusesRewritingAndTheAuditFindsOtherChanges() {
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
  void deletingAWorldEmptiesItsChain() {
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
}
