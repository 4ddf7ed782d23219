package org.actsandbox.protocol.attestation.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.actsandbox.protocol.attestation.EventType;
import org.actsandbox.protocol.attestation.HashAlgorithm;
import org.actsandbox.protocol.attestation.RecordLinks;
import org.actsandbox.protocol.attestation.TestRecords;
import org.actsandbox.protocol.attestation.bundle.BundleReport.KeeperWord;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tests that a payment service or a merchant that cooperates with the keeper cannot forge the
 * principal's approval.
 */
class AccompliceBundleTests {

  static Stream<Arguments> byAccomplices() {
    return Stream.of(
        forged(
            "approval signed by another participant",
            "paper_not_signed",
            resignedDocument(BundleBuilder.APPROVAL, TestRecords.AGENT)),
        forged(
            "approval signed by the payment service",
            "paper_not_signed",
            resignedDocument(BundleBuilder.APPROVAL, TestRecords.PSP)),
        forged(
            "order signed by another participant",
            "paper_not_signed",
            resignedDocument(BundleBuilder.ORDER, TestRecords.AGENT)),
        forged(
            "approval with an invalid signature",
            "paper_not_signed",
            new SignedPurchaseFixture.Deviation() {
              @Override
              public String document(SignedPurchaseFixture of, String name, String honest) {
                return name.equals(BundleBuilder.APPROVAL)
                    ? Json.write(((ObjectNode) Json.parse(honest)).put("signature_content", "AAAA"))
                    : honest;
              }
            }),
        forged(
            "a decline shown as an approval",
            "paper_contradicts",
            new SignedPurchaseFixture.Deviation() {
              @Override
              public String document(SignedPurchaseFixture of, String name, String honest) {
                return name.equals(BundleBuilder.APPROVAL)
                    ? of.signed(
                        ((ObjectNode) Json.parse(honest)).put("decision", "DECLINE"),
                        TestRecords.PRINCIPAL)
                    : honest;
              }
            }),
        forged(
            "paid for another intent",
            "intent_mixed",
            links(
                EventType.TRANSACTION_COMPLETED,
                l -> new RecordLinks("I-2", null, l.orderNo(), l.tradeNo()))),
        forged(
            "a delegation in one record only",
            "delegation_mixed",
            links(
                EventType.TRANSACTION_COMPLETED,
                l -> new RecordLinks(l.intentId(), "D-1", l.orderNo(), l.tradeNo()))),
        forged(
            "delivered for another order",
            "order_mixed",
            links(
                EventType.FULFILLMENT_COMPLETED,
                l -> new RecordLinks(l.intentId(), null, "S-2", l.tradeNo()))),
        forged(
            "delivered for another payment",
            "fulfilment_unpaid",
            links(
                EventType.FULFILLMENT_COMPLETED,
                l -> new RecordLinks(l.intentId(), null, l.orderNo(), "T-2"))),
        Arguments.of(
            "credential made by the agent",
            "paper_contradicts",
            SignedPurchaseFixture.delegated(
                TestRecords.AGENT, SignedPurchaseFixture.Deviation.NONE)),
        Arguments.of(
            "authority signed by the agent",
            "paper_not_signed",
            SignedPurchaseFixture.delegated(
                TestRecords.PRINCIPAL,
                resignedDocument(BundleBuilder.AUTHORITY, TestRecords.AGENT))),
        Arguments.of(
            "reliance signed by the agent",
            "paper_not_signed",
            SignedPurchaseFixture.delegated(
                TestRecords.PRINCIPAL,
                resignedDocument(BundleBuilder.APPROVAL, TestRecords.AGENT))),
        Arguments.of(
            "cart without the delegation",
            "delegation_mixed",
            SignedPurchaseFixture.delegated(
                TestRecords.PRINCIPAL,
                links(
                    EventType.CART_CONFIRMED,
                    l -> new RecordLinks(l.intentId(), null, l.orderNo(), null)))),
        Arguments.of(
            "a delegation without a record",
            "delegation_not_attested",
            SignedPurchaseFixture.neverIssued()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("byAccomplices")
  void noAccompliceCanForgeThePrincipalsApproval(
      String name, String reason, SignedPurchaseFixture purchase) {
    var bundle = TestBundle.of(purchase, _ -> {}).bytes();
    for (var anchors :
        List.of(TrustAnchors.NONE, BundlesToChange.keeper(), BundlesToChange.known())) {
      var report = BundleCheck.verify(bundle, anchors);
      assertThat(report.verified()).as(name).isFalse();
      assertThat(report.reason()).as(name + ": " + report).isEqualTo(reason);
    }
  }

  @Test
  void validBundlesReportTheSignerOfEachDocument() {
    for (var bundle : List.of(BundlesToChange.ONE, BundlesToChange.TWO, BundlesToChange.THREE)) {
      var report = BundleCheck.verify(bundle.bytes(), BundlesToChange.known());
      assertThat(report.verified()).as(report.toString()).isTrue();
      assertThat(report.keeperOnly())
          .containsExactlyInAnyOrder(KeeperWord.COMPLETENESS, KeeperWord.SUMMARY);
    }
    var papers = new TreeMap<String, String>();
    BundleCheck.verify(BundlesToChange.THREE.bytes(), null)
        .papers()
        .forEach(each -> papers.put(each.name(), String.valueOf(each.signer())));
    assertThat(papers)
        .containsEntry(BundleBuilder.CREDENTIAL, "did:act:principal#key-1")
        .containsEntry(BundleBuilder.AUTHORITY, "did:act:principal#key-1")
        .containsEntry(BundleBuilder.APPROVAL, "did:act:psp#key-1")
        .containsEntry(BundleBuilder.ORDER, "did:act:shop#key-1")
        .containsEntry(BundleBuilder.BILL, "did:act:shop#key-1")
        .containsEntry(BundleBuilder.PROOF, "did:act:psp#key-1")
        .containsEntry(BundleBuilder.CONFIRMATION, "did:act:shop#key-1")
        .containsEntry(BundleBuilder.MANIFEST, "did:act:keeper#key-1")
        .containsEntry(BundleBuilder.SUMMARY, "null");
    assertThat(BundleCheck.verify(BundlesToChange.ONE.bytes(), null).kind())
        .isEqualTo(BundlePurchaseKind.APPROVED);
    assertThat(BundleCheck.verify(BundlesToChange.THREE.bytes(), null).kind())
        .isEqualTo(BundlePurchaseKind.DELEGATED);
  }

  /** A party that cooperates with the keeper uses another key under its own name. */
  @Test
  void forgedKeysInABundleAreRefusedIfIdentitiesAreKnown() {
    var forged =
        SignedPurchaseFixture.approved(
            HashAlgorithm.SHA_256, 1, SignedPurchaseFixture.Deviation.NONE);
    var names = new ArrayList<>(List.of("principal", "psp", "shop", "agent"));
    for (var party : names) {
      var reworked = SignedPurchaseFixture.withKey(Did.of(party), (byte) 99);
      var bundle = TestBundle.of(reworked, _ -> {}).bytes();
      assertThat(BundleCheck.verify(bundle, BundlesToChange.keeper()).verified())
          .as("a keeper that brings another key of the " + party)
          .isTrue();
      assertThat(BundleCheck.verify(bundle, BundlesToChange.keeper()).keeperOnly())
          .contains(KeeperWord.KEYS);
      assertThat(BundleCheck.verify(bundle, BundlesToChange.known()).verified())
          .as("known keys, another one of the " + party)
          .isFalse();
    }
    assertThat(
            BundleCheck.verify(TestBundle.of(forged, _ -> {}).bytes(), BundlesToChange.known())
                .verified())
        .isTrue();
  }

  private static Arguments forged(
      String name, String reason, SignedPurchaseFixture.Deviation deviation) {
    return Arguments.of(
        name, reason, SignedPurchaseFixture.approved(HashAlgorithm.SHA_256, 1, deviation));
  }

  private static SignedPurchaseFixture.Deviation resignedDocument(String document, Did signer) {
    return new SignedPurchaseFixture.Deviation() {
      @Override
      public String document(SignedPurchaseFixture of, String name, String honest) {
        return name.equals(document) ? of.signed((ObjectNode) Json.parse(honest), signer) : honest;
      }
    };
  }

  private static SignedPurchaseFixture.Deviation links(
      EventType of, UnaryOperator<RecordLinks> change) {
    return new SignedPurchaseFixture.Deviation() {
      @Override
      public RecordLinks links(EventType type, RecordLinks honest) {
        return type == of ? change.apply(honest) : honest;
      }
    };
  }
}
