package org.actsandbox.protocol.attestation.bundle;

import java.util.LinkedHashMap;
import java.util.Map;
import org.actsandbox.protocol.attestation.HashAlgorithm;
import org.junit.jupiter.params.provider.Arguments;

/** Collects the bundles of all tests of changed bundles, for a second verifier. */
final class EveryBundle {

  private EveryBundle() {}

  /** Returns all bundles of these tests: valid, unsealed, and sealed by keeper or attacker. */
  static Map<String, byte[]> all() {
    var all = new LinkedHashMap<String, byte[]>();
    all.put("valid: disputed", BundlesToChange.ONE.bytes());
    all.put("valid", BundlesToChange.TWO.bytes());
    all.put("valid: delegated", BundlesToChange.THREE.bytes());
    all.put(
        "valid: SM3",
        TestBundle.of(SignedPurchaseFixture.approved(HashAlgorithm.SM3), _ -> {}).bytes());
    UnsealedBundleTests.unsealed()
        .map(Arguments::get)
        .forEach(each -> all.put("unsealed: " + each[0], (byte[]) each[1]));
    ResealedBundleTests.resealed()
        .map(Arguments::get)
        .forEach(
            each -> {
              var bundle = (TestBundle) each[1];
              var files = bundle.files();
              ((BundleChange) each[3]).applyTo(files);
              all.put("by the keeper: " + each[0], bundle.sealedAgain(files));
              all.put(
                  "by an attacker: " + each[0], BundlesToChange.sealedByAttacker(bundle, files));
            });
    AccompliceBundleTests.byAccomplices()
        .map(Arguments::get)
        .forEach(
            each ->
                all.put(
                    "by accomplices: " + each[0],
                    TestBundle.of((SignedPurchaseFixture) each[2], _ -> {}).bytes()));
    all.putAll(CreditReceiptMutationTests.everyBundle());
    return all;
  }
}
