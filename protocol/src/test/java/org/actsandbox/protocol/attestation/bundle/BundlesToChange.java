package org.actsandbox.protocol.attestation.bundle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.actsandbox.protocol.attestation.HashAlgorithm;
import org.actsandbox.protocol.attestation.KeyPeriods;
import org.actsandbox.protocol.attestation.TestRecords;
import org.actsandbox.protocol.attestation.TrustedIdentities;
import org.actsandbox.protocol.attestation.TrustedIdentities.Identity;
import org.actsandbox.protocol.attestation.dispute.Claim;
import org.actsandbox.protocol.attestation.dispute.DisputeKind;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * The valid bundles that the tests of changed bundles start from, and what a verifier may know of
 * their keeper and parties.
 */
final class BundlesToChange {

  private BundlesToChange() {}

  static final SignedPurchaseFixture APPROVED =
      SignedPurchaseFixture.approved(HashAlgorithm.SHA_256);
  static final SignedPurchaseFixture OTHER =
      SignedPurchaseFixture.approved(
          HashAlgorithm.SHA_256, 2, SignedPurchaseFixture.Deviation.NONE);
  static final SignedPurchaseFixture DELEGATED = SignedPurchaseFixture.delegated();

  static final TestBundle ONE = TestBundle.of(APPROVED, BundlesToChange::addClaim);
  static final TestBundle TWO = TestBundle.of(OTHER, _ -> {});
  static final TestBundle THREE = TestBundle.of(DELEGATED, _ -> {});

  static final String CART = "records/002-cart-confirmed.json";
  static final String PAID = "records/003-transaction-completed.json";
  static final String DELIVERED = "records/004-fulfillment-completed.json";

  private static void addClaim(BundleBuilder files) {
    var claim =
        new Claim(
            "DSP-1",
            "S-1",
            "T-1",
            DisputeKind.NOT_DELIVERED,
            "It never came.",
            null,
            Claim.BY_PRINCIPAL,
            TestRecords.PRINCIPAL,
            TestRecords.NOW,
            null,
            null,
            null);
    files.json(
        BundleBuilder.CLAIM, APPROVED.signed((ObjectNode) Json.tree(claim), TestRecords.PRINCIPAL));
  }

  /** Returns the identities that {@code GET .../trust/identities} would return. */
  static TrustAnchors known() {
    var roles =
        Map.of(
            TestRecords.PRINCIPAL, TrustedIdentities.Role.PRINCIPAL,
            TestRecords.AGENT, TrustedIdentities.Role.AGENT,
            TestRecords.SHOP, TrustedIdentities.Role.MERCHANT,
            TestRecords.PSP, TrustedIdentities.Role.PAYMENT,
            TestRecords.DELEGATIONS, TrustedIdentities.Role.DELEGATION,
            TestRecords.CREDIT_VERIFIER, TrustedIdentities.Role.CREDIT,
            TestRecords.KEEPER, TrustedIdentities.Role.TRUST);
    var identities = new ArrayList<Identity>();
    new TreeMap<>(roles)
        .forEach(
            (did, role) ->
                identities.add(
                    new Identity(
                        did,
                        role,
                        APPROVED.world.periods.stream()
                            .filter(each -> Did.ofSigner(each.key().signerId()).equals(did))
                            .toList())));
    var list = new TrustedIdentities("test", identities);
    return TrustAnchors.of(TrustedIdentities.parse(Json.bytes(list.json())));
  }

  static TrustAnchors keeper() {
    return TrustAnchors.keeper(
        BundleCheck.fingerprint(APPROVED.world.pair(TestRecords.KEEPER).publicKey()));
  }

  static byte[] changed(TestBundle bundle, BundleChange change) {
    var files = bundle.files();
    change.applyTo(files);
    return BundleArchive.write(files);
  }

  static byte[] sealedByAttacker(TestBundle bundle, SortedMap<String, byte[]> files) {
    var pair = new Ed25519KeyPair(TestRecords.KEEPER.key(1), new byte[32]);
    var keys = KeyPeriods.parse(TestBundle.file(bundle.files(), BundleBuilder.KEYS)).keys();
    var mixed = new ArrayList<KeyPeriods.KeyPeriod>();
    keys.forEach(
        each ->
            mixed.add(
                each.key().signerId().equals(pair.signerId())
                    ? new KeyPeriods.KeyPeriod(pair.publicKey(), each.validFrom(), null)
                    : each));
    files.put(BundleBuilder.KEYS, CanonicalJson.bytes(new KeyPeriods(mixed).json()));
    for (var head : List.of(BundleBuilder.HEAD, BundleBuilder.FIRST_HEAD)) {
      files.computeIfPresent(
          head,
          (_, bytes) -> CanonicalJson.bytes(SignedJson.sign((ObjectNode) Json.parse(bytes), pair)));
    }
    return bundle.sealedAgain(files, pair);
  }
}
