package org.actsandbox.protocol.attestation.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.actsandbox.protocol.attestation.EventType;
import org.actsandbox.protocol.attestation.TestRecords;
import org.actsandbox.protocol.attestation.bundle.BundleReport.KeeperWord;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tests that the verifier finds every change by the keeper itself, or by an attacker in its place,
 * or reports that it trusts the keeper in this point.
 */
class ResealedBundleTests {

  static Stream<Arguments> resealed() {
    return Stream.of(
        found(
            "record pretty-printed",
            BundlesToChange.ONE,
            "file_respelled",
            BundleChange.text(BundlesToChange.PAID, BundleChange::pretty)),
        found(
            "claim pretty-printed",
            BundlesToChange.ONE,
            "file_respelled",
            BundleChange.text(BundleBuilder.CLAIM, BundleChange::pretty)),
        found(
            "bill pretty-printed",
            BundlesToChange.ONE,
            "file_respelled",
            BundleChange.text(BundleBuilder.BILL, BundleChange::pretty)),
        found(
            "unknown member in an anchor file",
            BundlesToChange.ONE,
            "file_unreadable",
            BundleChange.json(BundleChange.anchor(BundlesToChange.PAID), a -> a.put("more", 1))),
        found(
            "unknown member in keys",
            BundlesToChange.ONE,
            "file_respelled",
            BundleChange.json(BundleBuilder.KEYS, k -> k.put("more", 1))),
        found(
            "unknown member in consistency",
            BundlesToChange.ONE,
            "file_unreadable",
            BundleChange.json(BundleBuilder.CONSISTENCY, c -> c.put("more", 1))),
        found(
            "unknown member in a head",
            BundlesToChange.ONE,
            "file_unreadable",
            BundleChange.json(BundleBuilder.HEAD, h -> h.put("more", 1))),
        keeperOnly(
            "first head is the head",
            BundlesToChange.ONE,
            KeeperWord.HISTORY,
            files -> {
              files.put(BundleBuilder.FIRST_HEAD, TestBundle.file(files, BundleBuilder.HEAD));
              files.put(
                  BundleBuilder.CONSISTENCY, "{\"path\":[]}".getBytes(StandardCharsets.UTF_8));
            }),
        keeperOnly(
            "fulfilment left out",
            BundlesToChange.ONE,
            KeeperWord.COMPLETENESS,
            BundleChange.remove(
                BundlesToChange.DELIVERED,
                BundleChange.anchor(BundlesToChange.DELIVERED),
                BundleBuilder.CONFIRMATION)),
        found(
            "fulfilment record left out, its confirmation kept",
            BundlesToChange.ONE,
            "file_unknown",
            BundleChange.remove(
                BundlesToChange.DELIVERED, BundleChange.anchor(BundlesToChange.DELIVERED))),
        found(
            "confirmation left out",
            BundlesToChange.ONE,
            "paper_missing",
            BundleChange.remove(BundleBuilder.CONFIRMATION)),
        keeperOnly(
            "summary tells another amount",
            BundlesToChange.ONE,
            KeeperWord.SUMMARY,
            BundleChange.text(BundleBuilder.SUMMARY, s -> s + "<p>1.00</p>")),
        found(
            "summary left out",
            BundlesToChange.ONE,
            "paper_missing",
            BundleChange.remove(BundleBuilder.SUMMARY)),
        found(
            "manifest names another order",
            BundlesToChange.ONE,
            "order_mixed",
            BundleChange.json(BundleBuilder.MANIFEST, m -> m.put("order_no", "S-2"))),
        found(
            "manifest names another world",
            BundlesToChange.ONE,
            "world_mixed",
            BundleChange.json(BundleBuilder.MANIFEST, m -> m.put("world", "other"))),
        keeperOnly(
            "manifest and heads name another world",
            BundlesToChange.ONE,
            KeeperWord.WORLD,
            files -> {
              BundleChange.json(BundleBuilder.MANIFEST, m -> m.put("world", "other"))
                  .applyTo(files);
              files.put(
                  BundleBuilder.FIRST_HEAD,
                  CanonicalJson.bytes(Json.tree(BundlesToChange.APPROVED.world.head("other", 1))));
              files.put(
                  BundleBuilder.HEAD,
                  CanonicalJson.bytes(Json.tree(BundlesToChange.APPROVED.world.head("other", 4))));
            }),
        found(
            "approval left out",
            BundlesToChange.ONE,
            "paper_missing",
            BundleChange.remove(BundleBuilder.APPROVAL)),
        found(
            "shown content left out",
            BundlesToChange.ONE,
            "paper_missing",
            BundleChange.remove(BundleBuilder.SHOWN)),
        found(
            "shown content changed",
            BundlesToChange.ONE,
            "paper_contradicts",
            BundleChange.json(BundleBuilder.SHOWN, s -> s.put("payee_name", "Another"))),
        found(
            "order and proof left out",
            BundlesToChange.ONE,
            "paper_missing",
            BundleChange.remove(BundleBuilder.ORDER, BundleBuilder.PROOF)),
        found(
            "bill left out",
            BundlesToChange.ONE,
            "paper_missing",
            BundleChange.remove(BundleBuilder.BILL)),
        found(
            "a further page",
            BundlesToChange.ONE,
            "file_unknown",
            files -> files.put("evil.html", "<p>Paid twice.</p>".getBytes(StandardCharsets.UTF_8))),
        found(
            "a further file of the dispute",
            BundlesToChange.ONE,
            "file_unknown",
            files -> files.put("dispute/more.json", "{}".getBytes(StandardCharsets.UTF_8))),
        found(
            "a record under another name",
            BundlesToChange.ONE,
            "file_unknown",
            files -> {
              files.put(
                  "records/005-fulfillment-completed.json",
                  TestBundle.file(files, BundlesToChange.DELIVERED));
              BundleChange.remove(BundlesToChange.DELIVERED).applyTo(files);
            }),
        found(
            "approval of another order",
            BundlesToChange.ONE,
            "paper_not_attested",
            BundleChange.from(BundlesToChange.TWO, BundleBuilder.APPROVAL, BundleBuilder.SHOWN)),
        found(
            "bill of another order",
            BundlesToChange.ONE,
            "paper_contradicts",
            BundleChange.from(BundlesToChange.TWO, BundleBuilder.BILL)),
        found(
            "order of another order",
            BundlesToChange.ONE,
            "paper_contradicts",
            BundleChange.from(BundlesToChange.TWO, BundleBuilder.ORDER)),
        found(
            "confirmation of another order",
            BundlesToChange.ONE,
            "paper_contradicts",
            BundleChange.from(BundlesToChange.TWO, BundleBuilder.CONFIRMATION)),
        found(
            "bill signed by another participant",
            BundlesToChange.ONE,
            "paper_not_signed",
            resigned(BundleBuilder.BILL, TestRecords.AGENT)),
        found(
            "confirmation signed by another participant",
            BundlesToChange.ONE,
            "paper_not_signed",
            resigned(BundleBuilder.CONFIRMATION, TestRecords.AGENT)),
        found(
            "approval without a signature",
            BundlesToChange.ONE,
            "paper_not_attested",
            BundleChange.json(BundleBuilder.APPROVAL, a -> a.put("signature_content", "AAAA"))),
        found(
            "approval and authority exchanged",
            BundlesToChange.THREE,
            "paper_contradicts",
            BundleChange.swap(BundleBuilder.APPROVAL, BundleBuilder.AUTHORITY)),
        found(
            "credential left out",
            BundlesToChange.THREE,
            "paper_missing",
            BundleChange.remove(BundleBuilder.CREDENTIAL)),
        found(
            "authority left out",
            BundlesToChange.THREE,
            "paper_missing",
            BundleChange.remove(BundleBuilder.AUTHORITY)),
        found(
            "credential with another spelling",
            BundlesToChange.THREE,
            "paper_not_attested",
            BundleChange.text(BundleBuilder.CREDENTIAL, c -> c + "\n")),
        found(
            "issuance left out",
            BundlesToChange.THREE,
            "upstream_missing",
            BundleChange.remove(
                "records/002-delegation-issued.json",
                BundleChange.anchor("records/002-delegation-issued.json"))),
        found(
            "an approval that was not required",
            BundlesToChange.THREE,
            "file_unknown",
            BundleChange.from(BundlesToChange.ONE, BundleBuilder.SHOWN)),
        // Changes that even the keeper cannot hide.
        broken(
            "amount",
            BundleChange.json(
                BundlesToChange.PAID,
                r -> ((ObjectNode) r.path("event_body")).put("amount", "1.00"))),
        broken(
            "payload hash",
            BundleChange.json(BundlesToChange.PAID, r -> r.put("payload_hash", "A".repeat(43)))),
        broken(
            "upstream",
            BundleChange.json(BundlesToChange.PAID, r -> r.putArray("upstream_records"))),
        broken(
            "order number of a record",
            BundleChange.json(BundlesToChange.CART, r -> r.put("order_no", "S-2"))),
        broken(
            "event type",
            BundleChange.json(
                BundlesToChange.DELIVERED,
                r -> r.put("event_type", EventType.DECISION_LOGGED.code()))),
        broken(
            "record time",
            BundleChange.json(
                BundlesToChange.PAID, r -> r.put("record_time", "2026-03-02T02:00:00Z"))),
        broken(
            "borrowed signature",
            BundleChange.json(
                BundlesToChange.PAID,
                r ->
                    r.set(
                        "signatures",
                        Json.parse(
                                TestBundle.file(BundlesToChange.ONE.files(), BundlesToChange.CART))
                            .path("signatures")))),
        broken(
            "narrowed coverage",
            BundleChange.json(
                BundlesToChange.PAID,
                r ->
                    ((ObjectNode) r.path("signatures").path(0))
                        .withArray("covered_fields")
                        .remove(0))),
        broken(
            "unknown member in a record",
            BundleChange.json(BundlesToChange.PAID, r -> r.put("more", "x"))),
        broken(
            "audit path",
            BundleChange.json(
                BundleChange.anchor(BundlesToChange.PAID),
                a -> a.withArray("path").set(0, a.path("path").path(1)))),
        broken(
            "height",
            BundleChange.json(BundleChange.anchor(BundlesToChange.PAID), a -> a.put("height", 4))),
        broken(
            "cut consistency path",
            BundleChange.json(BundleBuilder.CONSISTENCY, c -> c.withArray("path").remove(0))),
        broken(
            "missing cause",
            BundleChange.remove(BundlesToChange.CART, BundleChange.anchor(BundlesToChange.CART))),
        broken(
            "signature with another S",
            BundleChange.json(BundlesToChange.PAID, BundleChange::malleable)));
  }

  /** A change by the known keeper alone is found, or reported as the keeper's own statement. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("resealed")
  void aChangeByTheKeeperIsFoundOrReportedAsItsOwnStatement(
      String name, TestBundle bundle, Object expected, BundleChange change) {
    var files = bundle.files();
    change.applyTo(files);
    var sealed = bundle.sealedAgain(files);
    for (var anchors : List.of(TrustAnchors.NONE, BundlesToChange.keeper())) {
      var report = BundleCheck.verify(sealed, anchors);
      switch (expected) {
        case KeeperWord word -> {
          assertThat(report.verified()).as(name + ": " + report).isTrue();
          assertThat(report.keeperOnly()).contains(word);
        }
        case String reason when !reason.isEmpty() ->
            assertThat(report.reason()).as(name + ": " + report).isEqualTo(reason);
        default -> assertThat(report.verified()).as(name + ": " + report).isFalse();
      }
    }
    var trusted = BundleCheck.verify(sealed, BundlesToChange.known());
    if (expected == KeeperWord.WORLD) {
      assertThat(trusted.reason()).isEqualTo("world_differs");
    } else {
      assertThat(trusted.verified()).as(name).isEqualTo(expected instanceof KeeperWord);
    }
  }

  /** An attacker uses its own key under the keeper's name. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("resealed")
  void anAttackersSealIsRefusedIfKeeperOrIdentitiesAreKnown(
      String name, TestBundle bundle, Object expected, BundleChange change) {
    var files = bundle.files();
    change.applyTo(files);
    var sealed = BundlesToChange.sealedByAttacker(bundle, files);
    assertThat(BundleCheck.verify(sealed, BundlesToChange.keeper()).verified()).as(name).isFalse();
    assertThat(BundleCheck.verify(sealed, BundlesToChange.known()).verified()).as(name).isFalse();
    var alone = BundleCheck.verify(sealed, null);
    assertThat(!alone.verified() || alone.keeperOnly().contains(KeeperWord.KEEPER)).isTrue();
  }

  private static Arguments found(
      String name, TestBundle bundle, String reason, BundleChange change) {
    return Arguments.of(name, bundle, reason, change);
  }

  private static Arguments keeperOnly(
      String name, TestBundle bundle, KeeperWord word, BundleChange change) {
    return Arguments.of(name, bundle, word, change);
  }

  private static Arguments broken(String name, BundleChange change) {
    return Arguments.of(name, BundlesToChange.ONE, "", change);
  }

  private static BundleChange resigned(String name, Did signer) {
    return files ->
        files.computeIfPresent(
            name,
            (_, bytes) ->
                CanonicalJson.bytes(
                    SignedJson.sign(
                        (ObjectNode) Json.parse(bytes),
                        BundlesToChange.APPROVED.world.pair(signer))));
  }
}
