package org.actsandbox.protocol.attestation.bundle;

import static org.actsandbox.protocol.attestation.bundle.DocumentRequirements.requireEqual;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.attestation.KeyPeriods;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.identity.VerificationKey;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The documents of a purchase in a bundle, and what a verifier requires of one: that it is there,
 * has the digest that a record attests, was signed by its author with a key that was valid then,
 * and says what the records say.
 */
final class PurchaseDocuments {

  /**
   * Ours: a document is signed a moment after the time that it names, and the key may change in
   * between.
   */
  private static final Duration LEEWAY = Duration.ofSeconds(10);

  private final SealedFiles files;
  private final BundlePurchase purchase;

  PurchaseDocuments(SealedFiles files, BundlePurchase purchase) {
    this.files = files;
    this.purchase = purchase;
  }

  String orderNo() {
    return files.manifest().orderNo();
  }

  boolean has(String name) {
    return files.has(name);
  }

  void requireSamePurchase(String name, JsonNode document) throws InvalidBundleException {
    requireEqual(name, "intent_id", purchase.intentId(), document.path("intent_id"));
    requireEqual(
        name,
        "delegation_id",
        Objects.requireNonNullElse(purchase.delegationId(), ""),
        document.path("delegation_id"));
  }

  String orderDigest() throws InvalidBundleException {
    return RequestFingerprint.digest(CanonicalJson.bytes(json(BundleBuilder.ORDER)));
  }

  /** Returns keys that were valid in all of a period, give or take the leeway. */
  Signing signing(Instant from, Instant until) {
    return new Signing(files.keys(), from, until);
  }

  /** Finds keys that were valid in a period, and remembers the key that was used. */
  static final class Signing implements KeyDirectory {

    private final KeyPeriods keys;
    private final Instant from;
    private final Instant until;
    private @Nullable VerificationKey used;

    Signing(KeyPeriods keys, Instant from, Instant until) {
      this.keys = keys;
      this.from = from.minus(LEEWAY);
      this.until = until.plus(LEEWAY);
    }

    @Override
    public Optional<VerificationKey> find(String signerId) {
      var found = keys.findWithin(signerId, from, until);
      used = found.orElse(null);
      return found;
    }

    VerificationKey used() {
      return Objects.requireNonNull(used, "a verified paper names its key");
    }
  }

  VerificationKey requireSigned(
      String name, JsonNode document, Did expected, Instant from, Instant until)
      throws InvalidBundleException {
    var signing = signing(from, until);
    try {
      var signer = SignedJson.verify(document, signing);
      if (signer.equals(expected)) {
        return signing.used();
      }
      throw new InvalidBundleException(
          "paper_not_signed", "%s is signed by %s and not by %s".formatted(name, signer, expected));
    } catch (Refusal notSigned) {
      throw new InvalidBundleException("paper_not_signed", name + ": " + notSigned.detail());
    }
  }

  String digest(String name) throws InvalidBundleException {
    return RequestFingerprint.digest(file(name));
  }

  String utf8(String name) throws InvalidBundleException {
    return new String(file(name), StandardCharsets.UTF_8);
  }

  JsonNode json(String name) throws InvalidBundleException {
    requireDocument(name);
    return files.json(name);
  }

  byte[] file(String name) throws InvalidBundleException {
    requireDocument(name);
    return files.file(name);
  }

  void requireDocument(String name) throws InvalidBundleException {
    if (!files.has(name)) {
      throw new InvalidBundleException("paper_missing", "the purchase has a paper " + name);
    }
  }
}
