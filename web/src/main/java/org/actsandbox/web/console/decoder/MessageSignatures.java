package org.actsandbox.web.console.decoder;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.actsandbox.protocol.identity.VerificationKey;
import org.actsandbox.sandbox.doctor.act.ActSignatureDoctor;
import org.actsandbox.sandbox.doctor.act.SignedPart;
import org.actsandbox.sandbox.doctor.act.SignedParts;
import org.actsandbox.sandbox.doctor.diagnosis.Circumstances;
import org.actsandbox.sandbox.doctor.diagnosis.Diagnosis;
import org.actsandbox.sandbox.doctor.diagnosis.KnownKey;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureCause;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Verifies everything that is signed in the messages of an entry, and has the signature doctor say
 * why a signature does not verify.
 */
final class MessageSignatures {

  private final Circumstances circumstances;
  private final Supplier<List<SignedPart>> earlier;
  private final List<DecodedEntry.Signed> found = new ArrayList<>();

  /**
   * @param earlier reads the signed parts of earlier messages, in which a wrong signature is looked
   *     for
   */
  MessageSignatures(List<KnownKey> keys, Supplier<List<SignedPart>> earlier) {
    this.circumstances = Circumstances.of(keys);
    this.earlier = earlier;
  }

  List<DecodedEntry.Signed> found() {
    return List.copyOf(found);
  }

  void addFrom(String title, JsonNode node) {
    SignedParts.of(node).stream()
        .filter(part -> !part.signature().isBlank())
        .limit(Math.max(0, SignedParts.MOST - found.size()))
        .forEach(part -> add(title, part));
  }

  private void add(String title, SignedPart part) {
    var diagnosis = ActSignatureDoctor.examine(part, circumstances, earlier);
    var text = diagnosis.expected();
    if (text == null) {
      // A message without an RFC 8785 form has no signed text. The list of its damage says why.
      return;
    }
    var key = key(part.claimedKey());
    found.add(
        new DecodedEntry.Signed(
            title,
            part.path(),
            part.claimedKey(),
            verdict(diagnosis, key),
            text,
            part.expected().length,
            key,
            diagnosis.isFaultless() ? null : diagnosis));
  }

  /** Adds what the doctor found in a message of Alipay's form, in which nothing is nested. */
  void add(String title, Diagnosis diagnosis) {
    var text = diagnosis.expected() == null ? "" : diagnosis.expected();
    found.add(
        new DecodedEntry.Signed(
            title,
            diagnosis.path(),
            diagnosis.claimedKey(),
            diagnosis.isFaultless() ? "verified" : "wrong",
            text,
            text.getBytes(StandardCharsets.UTF_8).length,
            null,
            diagnosis.isFaultless() ? null : diagnosis));
  }

  private static String verdict(Diagnosis diagnosis, @Nullable String key) {
    if (diagnosis.isFaultless()) {
      return "verified";
    }
    boolean onlyUnknown =
        diagnosis.causes().stream()
            .allMatch(named -> named.cause() == SignatureCause.KEY_ID_UNKNOWN);
    return key == null && onlyUnknown ? "unknown" : "wrong";
  }

  private @Nullable String key(String signerId) {
    return circumstances.keys().stream()
        .filter(known -> known.id().equals(signerId))
        .findFirst()
        .flatMap(known -> Optional.ofNullable(known.key()))
        .map(VerificationKey::jwk)
        .orElse(null);
  }
}
