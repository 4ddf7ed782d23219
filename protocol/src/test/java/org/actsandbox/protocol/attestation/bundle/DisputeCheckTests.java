package org.actsandbox.protocol.attestation.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.actsandbox.protocol.attestation.EventType;
import org.actsandbox.protocol.attestation.HashAlgorithm;
import org.actsandbox.protocol.attestation.Party;
import org.actsandbox.protocol.attestation.TestRecords;
import org.actsandbox.protocol.attestation.dispute.Claim;
import org.actsandbox.protocol.attestation.dispute.DisputeKind;
import org.actsandbox.protocol.attestation.dispute.DisputeOutcome;
import org.actsandbox.protocol.attestation.dispute.Finding;
import org.actsandbox.protocol.attestation.dispute.PartyStatement;
import org.actsandbox.protocol.attestation.verification.VerificationResult;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Tests that the dispute in a bundle is signed by its authors and agrees with the records. */
class DisputeCheckTests {

  private static final SignedPurchaseFixture PURCHASE =
      SignedPurchaseFixture.approved(HashAlgorithm.SHA_256);
  private static final String STATEMENT = "dispute/statement-01.json";

  private final TestBundle valid = disputed();
  private final byte[] bundle = valid.bytes();

  private static TestBundle disputed() {
    return TestBundle.of(
        PURCHASE,
        files -> {
          files.json(BundleBuilder.CLAIM, claim("DSP-1"));
          files.addStatement(1, statement("DSP-1", TestRecords.SHOP, TestRecords.SHOP));
          files.json(BundleBuilder.FINDING, finding("DSP-1", "E-4"));
        });
  }

  private static String claim(String id) {
    return claim(id, Claim.BY_PRINCIPAL, TestRecords.PRINCIPAL, TestRecords.PRINCIPAL);
  }

  private static String claim(String id, String openedBy, @Nullable Did claimant, Did signer) {
    return signed(
        new Claim(
            id,
            "S-1",
            "T-1",
            DisputeKind.NOT_DELIVERED,
            "It never came.",
            null,
            openedBy,
            claimant,
            TestRecords.NOW,
            null,
            null,
            null),
        signer);
  }

  private static String statement(String id, Did party, Did signer) {
    return signed(
        new PartyStatement(
            id,
            "S-1",
            party,
            Party.Role.MERCHANT,
            "Delivered.",
            null,
            Map.of(),
            List.of("E-4"),
            Map.of(),
            TestRecords.NOW.plusSeconds(60),
            null,
            null,
            null),
        signer);
  }

  private static String finding(String id, String verified) {
    return signed(
        new Finding(
            id,
            "S-1",
            DisputeKind.NOT_DELIVERED,
            DisputeOutcome.DISMISSED,
            List.of(new Finding.Reason(Finding.Code.DELIVERED, Map.of("party", "shop"), verified)),
            List.of(
                new Finding.Exhibit(
                    verified,
                    TestRecords.SHOP,
                    EventType.FULFILLMENT_COMPLETED,
                    VerificationResult.VERIFIED,
                    null)),
            null,
            "CNY",
            TestRecords.NOW.plusSeconds(120),
            null,
            null,
            null),
        TestRecords.KEEPER);
  }

  private static String signed(Object message, Did signer) {
    return CanonicalJson.text(
        SignedJson.sign((ObjectNode) Json.tree(message), PURCHASE.world.pair(signer)));
  }

  @Test
  void aValidDisputeReportsStatementsAndOutcome() {
    var report = BundleCheck.verify(bundle, null);
    assertThat(report.verified()).as(String.valueOf(report)).isTrue();
    var dispute = Objects.requireNonNull(report.dispute());
    assertThat(dispute.disputeId()).isEqualTo("DSP-1");
    assertThat(dispute.outcome()).isEqualTo("dismissed");
    assertThat(dispute.statements()).containsExactly(TestRecords.SHOP.value());
    assertThat(disputed().bytes()).isEqualTo(bundle);
  }

  /** The keeper itself seals statements that the parties never made. */
  @Test
  void aForgedMixedUpOrContradictedDisputeIsRefused() {
    assertThat(reason(STATEMENT, statement("DSP-1", TestRecords.SHOP, TestRecords.AGENT)))
        .isEqualTo("dispute_forged");
    assertThat(
            reason(
                STATEMENT,
                statement("DSP-1", TestRecords.SHOP, TestRecords.SHOP)
                    .replace("Delivered.", "Never sent.")))
        .isEqualTo("dispute_forged");
    assertThat(reason(STATEMENT, statement("DSP-2", TestRecords.SHOP, TestRecords.SHOP)))
        .isEqualTo("dispute_mixed");
    assertThat(reason(BundleBuilder.FINDING, finding("DSP-2", "E-4"))).isEqualTo("dispute_mixed");
    assertThat(reason(BundleBuilder.FINDING, "{}")).isEqualTo("file_unreadable");
    assertThat(reason(BundleBuilder.CLAIM, claim("DSP-2"))).isEqualTo("dispute_mixed");
    assertThat(reason("dispute/more.json", "{}")).isEqualTo("file_unknown");
    var files = valid.files();
    files.remove(BundleBuilder.CLAIM);
    assertThat(BundleCheck.verify(valid.sealedAgain(files), null).reason())
        .isEqualTo("file_missing");
  }

  /** Neither the keeper nor a party may claim in the principal's place. */
  @Test
  void aClaimThatItsClaimantDidNotSignIsRefused() {
    var by = Claim.BY_PRINCIPAL;
    var principal = TestRecords.PRINCIPAL;
    var keeper = TestRecords.KEEPER;
    var forged =
        List.of(
            claim("DSP-1", by, principal, keeper),
            claim("DSP-1", by, null, keeper),
            claim("DSP-1", by, keeper, keeper),
            claim("DSP-1", by, TestRecords.SHOP, TestRecords.SHOP),
            claim("DSP-1", "operator", principal, principal),
            claim("DSP-1", "operator", null, principal),
            claim("DSP-1").replace("It never came.", "It came broken."));
    assertThat(forged)
        .allSatisfy(
            each -> assertThat(reason(BundleBuilder.CLAIM, each)).isEqualTo("dispute_forged"));
  }

  @Test
  void anOperatorsClaimMayBeSignedByTheKeeper() {
    var files = valid.files();
    files.put(
        BundleBuilder.CLAIM,
        claim("DSP-1", "operator", null, TestRecords.KEEPER).getBytes(StandardCharsets.UTF_8));
    assertThat(BundleCheck.verify(valid.sealedAgain(files), null).verified()).isTrue();
  }

  @Test
  void aFindingThatCallsAnUnverifiedRecordVerifiedIsRefused() {
    var files = valid.files();
    files.remove("anchors/004-fulfillment-completed.json");
    var report = BundleCheck.verify(valid.sealedAgain(files), null);
    assertThat(report.verified()).isFalse();
    assertThat(report.reason()).isEqualTo("finding_contradicted");
  }

  /** Checks two hundred mutations per seed: none verifies, none crashes, each has a reason. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void noMutationVerifies(long seed) {
    var random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      var mutated =
          random.nextBoolean() ? TestBundle.flipped(bundle, random) : changedDocument(random);
      if (Arrays.equals(mutated, bundle)) {
        continue;
      }
      var report = BundleCheck.verify(mutated, null);
      assertThat(report.verified()).as("seed %d, round %d", seed, round).isFalse();
      assertThat(
              report.reason() != null
                  || report.records().stream().anyMatch(line -> line.reason() != null))
          .as("seed %d, round %d has a reason", seed, round)
          .isTrue();
    }
  }

  /** Changes a document of the dispute and adapts the manifest, so only its signature is wrong. */
  private byte[] changedDocument(Random random) {
    var files = valid.files();
    var names = List.of(BundleBuilder.CLAIM, BundleBuilder.FINDING, STATEMENT);
    files.computeIfPresent(
        names.get(random.nextInt(names.size())), (_, bytes) -> TestBundle.flipped(bytes, random));
    return valid.sealedAgain(files);
  }

  private String reason(String name, String text) {
    var files = valid.files();
    files.put(name, text.getBytes(StandardCharsets.UTF_8));
    var report = BundleCheck.verify(valid.sealedAgain(files), null);
    assertThat(report.verified()).isFalse();
    return String.valueOf(report.reason());
  }
}
