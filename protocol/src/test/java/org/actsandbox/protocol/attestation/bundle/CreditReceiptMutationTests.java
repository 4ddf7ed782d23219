package org.actsandbox.protocol.attestation.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.actsandbox.protocol.attestation.HashAlgorithm;
import org.actsandbox.protocol.attestation.TestRecords;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tests that a bundle with a receipt of the verifier of credit is refused when any member of the
 * receipt is changed (ACT CRD-8.e, CRD-9.f). {@link IndependentVerifierTests} gives the same
 * bundles to the verifier of docs/examples.
 */
class CreditReceiptMutationTests {

  private static final SignedPurchaseFixture.Deviation CREDIT =
      new SignedPurchaseFixture.Deviation() {
        @Override
        public boolean asksCredit() {
          return true;
        }
      };
  private static final SignedPurchaseFixture PURCHASE =
      SignedPurchaseFixture.approved(HashAlgorithm.SHA_256, 1, CREDIT);
  private static final TestBundle BUNDLE = TestBundle.of(PURCHASE, _ -> {});

  /** The members that say what the records and the order say, too. */
  private static final List<String> BOUND =
      List.of(
          "verification_record_id",
          "relying_party_id",
          "request_id",
          "agent_id",
          "result",
          "reason_code");

  /** Returns valid bundles and changed ones, by what was done to them. */
  static Map<String, byte[]> everyBundle() {
    var all = new LinkedHashMap<String, byte[]>();
    all.put("valid: with a receipt", BUNDLE.bytes());
    members().forEach(member -> all.put("receipt: " + member, changed(member)));
    BOUND.forEach(member -> all.put("receipt signed again: " + member, signedAgain(member)));
    all.put("receipt removed", without());
    all.put("receipt of the keeper", signedByTheKeeper());
    all.put("deposit waived after a FAIL", waivedAfterAFail());
    return all;
  }

  static Stream<String> members() {
    return Stream.concat(
        SignedPurchaseFixture.receipt().propertyNames().stream(),
        Stream.of("signer_id", "signature_type", "signature_content"));
  }

  static List<String> bound() {
    return BOUND;
  }

  @Test
  void theReceiptIsVerifiedAndSignedByTheVerifier() {
    var report = BundleCheck.verify(BUNDLE.bytes(), BundlesToChange.known());
    assertThat(report.verified()).as(report.toString()).isTrue();
    assertThat(report.papers())
        .anySatisfy(
            paper -> {
              assertThat(paper.name()).isEqualTo(BundleBuilder.CREDIT);
              assertThat(paper.signer()).isEqualTo(TestRecords.CREDIT_VERIFIER.key(1));
            });
  }

  /** Checks ACT CRD-9.f: a new seal of the bundle does not sign for the verifier. */
  @ParameterizedTest
  @MethodSource("members")
  void aChangedMemberIsFound(String member) {
    refused(changed(member), member);
  }

  /** Checks ACT CRD-10.e: a receipt of another query helps no order. */
  @ParameterizedTest
  @MethodSource("bound")
  void aReceiptThatTheVerifierSignedForSomethingElseIsFound(String member) {
    refused(signedAgain(member), member);
  }

  @Test
  void aMissingReceiptAForeignSignatureAndAnUnearnedWaiverAreFound() {
    refused(without(), "removed");
    refused(signedByTheKeeper(), "signed by the keeper");
    refused(waivedAfterAFail(), "waived after a FAIL");
  }

  private static void refused(byte[] bundle, String name) {
    var report = BundleCheck.verify(bundle, null);
    assertThat(report.verified()).as(name).isFalse();
  }

  private static byte[] changed(String member) {
    var files = BUNDLE.files();
    BundleChange.json(BundleBuilder.CREDIT, receipt -> change(receipt, member)).applyTo(files);
    return BUNDLE.sealedAgain(files);
  }

  private static byte[] signedAgain(String member) {
    var receipt = SignedPurchaseFixture.receipt();
    change(receipt, member);
    var files = BUNDLE.files();
    files.put(
        BundleBuilder.CREDIT,
        CanonicalJson.bytes(Json.parse(PURCHASE.signed(receipt, TestRecords.CREDIT_VERIFIER))));
    return BUNDLE.sealedAgain(files);
  }

  private static void change(ObjectNode receipt, String member) {
    var value = receipt.path(member).stringValue();
    var other =
        switch (member) {
          case "result" -> "FAIL";
          case "reason_code" -> "AUTHORIZATION_REVOKED";
          case "generated_at" -> "2026-03-02T01:00:59Z";
          case "signature_content" -> (value.startsWith("A") ? "B" : "A") + value.substring(1);
          default -> value + "-2";
        };
    receipt.put(member, other);
  }

  private static byte[] without() {
    var files = BUNDLE.files();
    BundleChange.remove(BundleBuilder.CREDIT).applyTo(files);
    return BUNDLE.sealedAgain(files);
  }

  private static byte[] signedByTheKeeper() {
    var files = BUNDLE.files();
    BundleChange.json(
            BundleBuilder.CREDIT,
            receipt -> SignedJson.sign(receipt, PURCHASE.world.pair(TestRecords.KEEPER)))
        .applyTo(files);
    return BUNDLE.sealedAgain(files);
  }

  /** The merchant itself writes an order that waives, although its own record says FAIL. */
  private static byte[] waivedAfterAFail() {
    var failed = SignedPurchaseFixture.receipt().put("result", "FAIL");
    failed.put("reason_code", "AUTHORIZATION_REVOKED");
    var purchase =
        SignedPurchaseFixture.approved(
            HashAlgorithm.SHA_256,
            1,
            new SignedPurchaseFixture.Deviation() {
              @Override
              public boolean asksCredit() {
                return true;
              }

              @Override
              public String creditResult() {
                return "FAIL";
              }

              @Override
              public String document(SignedPurchaseFixture of, String name, String honest) {
                return name.equals(BundleBuilder.CREDIT)
                    ? of.signed(failed, TestRecords.CREDIT_VERIFIER)
                    : honest;
              }
            });
    return TestBundle.of(purchase, _ -> {}).bytes();
  }
}
