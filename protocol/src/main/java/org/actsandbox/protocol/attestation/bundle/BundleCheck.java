package org.actsandbox.protocol.attestation.bundle;

import static org.actsandbox.protocol.attestation.bundle.BundleFiles.*;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.actsandbox.protocol.a402.Fingerprint;
import org.actsandbox.protocol.attestation.Anchored;
import org.actsandbox.protocol.attestation.Base64Url;
import org.actsandbox.protocol.attestation.KeyPeriods;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.attestation.RecordCodec;
import org.actsandbox.protocol.attestation.merkle.MerkleProofs;
import org.actsandbox.protocol.attestation.merkle.TreeHead;
import org.actsandbox.protocol.attestation.verification.Verification;
import org.actsandbox.protocol.attestation.verification.Verifier;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.identity.VerificationKey;
import org.actsandbox.protocol.json.Canonical;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Verifies a bundle with nothing but the bundle: no server, no network. */
public final class BundleCheck {

  private final SortedMap<String, byte[]> files;
  private final Manifest manifest;
  private final KeyPeriods keys;
  private final VerificationKey keeperKey;
  private final TreeHead head;

  /**
   * @param pinned digest of the keeper's key as it is known from elsewhere; null to take the
   *     bundle's word for it
   */
  public static BundleReport verify(byte[] archive, @Nullable String pinned) {
    try {
      return new BundleCheck(BundleArchive.read(archive)).report(pinned);
    } catch (BundleRefused refused) {
      return BundleReport.refused(refused.code(), refused.detail());
    }
  }

  /** What identifies a key: the digest of its public JWK in canonical form. */
  public static String fingerprint(VerificationKey key) {
    return Fingerprint.digest(Canonical.bytes(Json.parse(key.jwk())));
  }

  private BundleCheck(SortedMap<String, byte[]> files) throws BundleRefused {
    this.files = files;
    var raw = json(MANIFEST);
    this.manifest = bind(MANIFEST, raw, Manifest.class);
    if (!manifest.format().equals(Manifest.FORMAT)) {
      throw new BundleRefused("manifest_unknown", "this version reads " + Manifest.FORMAT);
    }
    this.keys = keys();
    this.head = bind(HEAD, json(HEAD), TreeHead.class);
    this.keeperKey = sealedBy(raw);
    compareFiles();
  }

  private KeyPeriods keys() throws BundleRefused {
    try {
      return KeyPeriods.parse(file(KEYS));
    } catch (IllegalArgumentException unreadable) {
      throw new BundleRefused("keys_unreadable", KEYS + ": " + unreadable.getMessage());
    }
  }

  private VerificationKey sealedBy(JsonNode raw) throws BundleRefused {
    var key =
        Optional.ofNullable(manifest.signerId())
            .flatMap(signer -> keys.find(signer, manifest.asOf()))
            .orElseThrow(
                () ->
                    new BundleRefused(
                        "seal_key_missing", "the key that sealed the bundle is not in " + KEYS));
    try {
      if (SignedJson.verify(raw, signer -> Optional.of(key)).equals(manifest.keeper())) {
        return key;
      }
    } catch (Refusal notSigned) {
      throw new BundleRefused("seal_broken", "manifest.json: " + notSigned.detail());
    }
    throw new BundleRefused("seal_broken", "manifest.json is not signed by the keeper");
  }

  private void compareFiles() throws BundleRefused {
    Map<String, Manifest.Entry> listed = new LinkedHashMap<>();
    manifest.files().forEach(entry -> listed.put(entry.name(), entry));
    for (var file : files.entrySet()) {
      if (file.getKey().equals(MANIFEST)) {
        continue;
      }
      var entry = listed.remove(file.getKey());
      if (entry == null) {
        throw new BundleRefused("file_unlisted", file.getKey() + " is not in the manifest");
      }
      if (!entry.digest().equals(Fingerprint.digest(file.getValue()))) {
        throw new BundleRefused("file_changed", file.getKey() + " is not as it was sealed");
      }
    }
    if (!listed.isEmpty()) {
      throw new BundleRefused("file_missing", listed.keySet().iterator().next() + " is missing");
    }
  }

  private BundleReport report(@Nullable String pinned) throws BundleRefused {
    var lines = new ArrayList<BundleReport.Line>();
    Map<String, OffChainRecord> records = new LinkedHashMap<>();
    var verifier =
        new Verifier(keys, (id, _) -> Optional.ofNullable(anchors().get(id)), manifest.keeper());
    for (var file : files.tailMap(RECORDS).entrySet()) {
      if (!file.getKey().startsWith(RECORDS)) {
        break;
      }
      var reading = RecordCodec.read(file.getValue());
      if (reading instanceof RecordCodec.Reading.Sound(var record)) {
        records.put(record.recordId(), record);
        lines.add(line(verifier.verify(record.recordId(), reading)));
      } else {
        lines.add(line(verifier.verify(file.getKey(), reading)));
      }
    }
    var wrong = wrong(pinned, records);
    var dispute = DisputeCheck.of(files, manifest, keys, lines);
    if (wrong == null) {
      wrong = dispute.wrong();
    }
    boolean verified = wrong == null && lines.stream().allMatch(line -> line.reason() == null);
    return new BundleReport(
        verified,
        manifest.world(),
        manifest.orderNo(),
        wrong == null ? null : wrong.code(),
        wrong == null ? null : wrong.detail(),
        fingerprint(keeperKey),
        lines,
        dispute.line());
  }

  private static BundleReport.Line line(Verification done) {
    return new BundleReport.Line(
        done.recordId(),
        done.event() == null ? null : done.event().code(),
        done.result(),
        done.reason() == null ? null : done.reason().code(),
        done.detail());
  }

  /** What is wrong though every record may be sound. */
  private @Nullable BundleRefused wrong(
      @Nullable String pinned, Map<String, OffChainRecord> records) throws BundleRefused {
    if (pinned != null && !pinned.equals(fingerprint(keeperKey))) {
      return new BundleRefused("keeper_unknown", "sealed by another key than " + pinned);
    }
    if (records.isEmpty()) {
      return new BundleRefused("no_records", "there is no record in the bundle");
    }
    for (var record : records.values()) {
      for (var cause : record.upstreamRecords()) {
        if (!records.containsKey(cause)) {
          return new BundleRefused(
              "upstream_missing", record.recordId() + " follows from " + cause + ", not shown");
        }
      }
    }
    var chain = chain();
    return chain == null ? papers(records) : chain;
  }

  private @Nullable BundleRefused chain() throws BundleRefused {
    var first = bind(FIRST_HEAD, json(FIRST_HEAD), TreeHead.class);
    for (var each : List.of(first, head)) {
      if (!each.isSignedBy(manifest.keeper(), signer -> keys.find(signer, each.timestamp()))) {
        return new BundleRefused("head_not_signed", "a tree head is not signed by the keeper");
      }
    }
    var path = new ArrayList<byte[]>();
    for (var hash : json(CONSISTENCY).path("path")) {
      path.add(Base64Url.decode(hash.asString("")).orElse(new byte[0]));
    }
    return MerkleProofs.consistent(
            first.treeSize(), first.root(), head.treeSize(), head.root(), path)
        ? null
        : new BundleRefused("chain_inconsistent", "the chain was rewritten between its two heads");
  }

  /** Every paper in the bundle is one whose digest a record attests. */
  private @Nullable BundleRefused papers(Map<String, OffChainRecord> records) throws BundleRefused {
    var attested = new TreeMap<String, List<String>>();
    for (var record : records.values()) {
      for (var field : record.eventBody().properties()) {
        attested
            .computeIfAbsent(field.getKey(), _ -> new ArrayList<>())
            .add(field.getValue().asString(""));
      }
    }
    for (var paper : List.of(ORDER, APPROVAL, PROOF, CREDENTIAL, AUTHORITY)) {
      if (!files.containsKey(paper)) {
        continue;
      }
      var digest =
          paper.equals(ORDER)
              ? Fingerprint.digest(Canonical.bytes(json(paper)))
              : Fingerprint.digest(file(paper));
      if (!attested.getOrDefault(field(paper), List.of()).contains(digest)) {
        return new BundleRefused("paper_not_attested", "no record attests to " + paper);
      }
    }
    return null;
  }

  private static String field(String paper) {
    return switch (paper) {
      case ORDER -> "order_digest";
      case PROOF -> "proof_digest";
      case CREDENTIAL -> "iac_digest";
      default -> "approval_digest";
    };
  }

  private Map<String, Anchored> anchors() {
    Map<String, Anchored> byRecord = new TreeMap<>();
    for (var file : files.tailMap(ANCHORS).entrySet()) {
      if (!file.getKey().startsWith(ANCHORS)) {
        break;
      }
      var record = files.get(RECORDS + file.getKey().substring(ANCHORS.length()));
      if (record != null
          && RecordCodec.read(record) instanceof RecordCodec.Reading.Sound(var sound)) {
        anchored(file.getValue()).ifPresent(found -> byRecord.put(sound.recordId(), found));
      }
    }
    return byRecord;
  }

  private Optional<Anchored> anchored(byte[] json) {
    try {
      var tree = Json.parse(json);
      return Optional.of(
          new Anchored(
              tree.path("anchor").asString(""),
              tree.path("height").asLong(0),
              tree.path("path").valueStream().map(each -> each.asString("")).toList(),
              head));
    } catch (JacksonException unreadable) {
      return Optional.empty();
    }
  }

  private byte[] file(String name) throws BundleRefused {
    var bytes = files.get(name);
    if (bytes == null) {
      throw new BundleRefused("file_missing", name + " is missing");
    }
    return bytes;
  }

  private JsonNode json(String name) throws BundleRefused {
    try {
      return Json.parse(file(name));
    } catch (JacksonException notJson) {
      throw new BundleRefused("file_unreadable", name + " is not JSON");
    }
  }

  private static <T> T bind(String name, JsonNode tree, Class<T> type) throws BundleRefused {
    try {
      var bound = Json.read(tree, type);
      if (bound != null
          && Arrays.equals(Canonical.bytes(Json.tree(bound)), Canonical.bytes(tree))) {
        return bound;
      }
    } catch (JacksonException | IllegalArgumentException | NullPointerException unreadable) {
      throw new BundleRefused("file_unreadable", name + " has another form");
    }
    throw new BundleRefused("file_unreadable", name + " says something this version does not know");
  }
}
