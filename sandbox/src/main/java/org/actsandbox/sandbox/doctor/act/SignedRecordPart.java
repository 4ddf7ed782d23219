package org.actsandbox.sandbox.doctor.act;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.actsandbox.protocol.attestation.RecordSignature;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.doctor.diagnosis.Diagnosis.NamedCause;
import org.actsandbox.sandbox.doctor.diagnosis.KnownKey;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureCause;
import org.actsandbox.sandbox.doctor.diagnosis.TextCandidate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Is one signature of an off-chain record, which covers five members of it (ACT TSD-3).
 *
 * @param signed the entry of {@code signatures}
 */
public record SignedRecordPart(String path, ObjectNode record, JsonNode signed)
    implements SignedPart {

  @Override
  public String subject() {
    return "record";
  }

  @Override
  public String claimedKey() {
    return signed.path("signer_id").asString("");
  }

  @Override
  public String algorithm() {
    return signed.path("signature_type").asString("");
  }

  @Override
  public String algorithmOf(KnownKey key) {
    var verification = key.key();
    return verification == null ? "" : verification.type().name();
  }

  @Override
  public String signature() {
    return signed.path("signature_value").asString("");
  }

  @Override
  public byte[] expected() {
    return CanonicalJson.bytes(covered(RecordSignature.COVERED));
  }

  private ObjectNode covered(List<String> members) {
    var covered = Json.object();
    for (var name : members) {
      var value = record.get(name);
      if (value != null) {
        covered.set(name, value);
      }
    }
    return covered;
  }

  @Override
  public Optional<NamedCause> otherMistake() {
    return Optional.empty();
  }

  @Override
  public JsonNode content() {
    return covered(RecordSignature.COVERED);
  }

  @Override
  public Stream<TextCandidate> candidates(List<KnownKey> keys) {
    return Stream.of(
            memberSets(),
            new JsonVariants(covered(RecordSignature.COVERED)).all(),
            SignedMessagePart.bytesOf(expected()))
        .flatMap(each -> each);
  }

  private Stream<TextCandidate> memberSets() {
    var found = new ArrayList<TextCandidate>();
    var whole = record.deepCopy();
    var canonical = JsonStyle.CANONICAL;
    found.add(TextCandidate.of(SignatureCause.OUTER_MESSAGE_SIGNED, canonical.write(whole)));
    whole.remove("signatures");
    found.add(TextCandidate.of(SignatureCause.OUTER_MESSAGE_SIGNED, canonical.write(whole)));
    found.add(
        TextCandidate.of(
            SignatureCause.INNER_PART_SIGNED,
            "event_body",
            canonical.write(record.path("event_body"))));
    found.add(
        TextCandidate.of(
            SignatureCause.INNER_PART_SIGNED,
            "event_body, participants",
            canonical.write(covered(List.of("event_body", "participants")))));
    found.add(
        TextCandidate.of(
            SignatureCause.INNER_PART_SIGNED,
            "payload_hash",
            record.path("payload_hash").asString("")));
    return found.stream();
  }
}
