package org.actsandbox.protocol.attestation.bundle;

import static org.actsandbox.protocol.attestation.bundle.BundleFiles.*;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.actsandbox.protocol.a402.Fingerprint;
import org.actsandbox.protocol.attestation.Anchored;
import org.actsandbox.protocol.attestation.Base64Url;
import org.actsandbox.protocol.attestation.Identities;
import org.actsandbox.protocol.attestation.KeyPeriods;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.attestation.RecordCodec;
import org.actsandbox.protocol.attestation.RecordSignature;
import org.actsandbox.protocol.attestation.bundle.BundleReport.KeeperWord;
import org.actsandbox.protocol.attestation.merkle.MerkleProofs;
import org.actsandbox.protocol.attestation.merkle.TreeHead;
import org.actsandbox.protocol.attestation.verification.Verification;
import org.actsandbox.protocol.attestation.verification.Verifier;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.VerificationKey;
import org.actsandbox.protocol.json.Canonical;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Verifies a bundle with nothing but the bundle: no server, no network. */
public final class BundleCheck {

  private final SealedFiles files;
  private final TrustAnchors anchors;
  private final Manifest manifest;
  private final KeyPeriods keys;
  private final TreeHead first;
  private final TreeHead head;

  private BundleCheck(SealedFiles files, TrustAnchors anchors) throws BundleRefused {
    this.files = files;
    this.anchors = anchors;
    this.manifest = files.manifest();
    this.keys = files.keys();
    this.first = files.bind(FIRST_HEAD, TreeHead.class);
    this.head = files.bind(HEAD, TreeHead.class);
  }

  /**
   * @param anchors what is known from elsewhere; null for nothing
   */
  public static BundleReport verify(byte[] archive, @Nullable TrustAnchors anchors) {
    try {
      var known = anchors == null ? TrustAnchors.NONE : anchors;
      return new BundleCheck(SealedFiles.read(archive, known), known).report();
    } catch (BundleRefused refused) {
      return BundleReport.refused(refused.code(), refused.detail());
    }
  }

  /** What identifies a key: the digest of its public JWK in canonical form. */
  public static String fingerprint(VerificationKey key) {
    return Fingerprint.digest(Canonical.bytes(Json.parse(key.jwk())));
  }

  private BundleReport report() throws BundleRefused {
    var lines = new ArrayList<BundleReport.Line>();
    Map<String, OffChainRecord> records = new LinkedHashMap<>();
    var places = anchored();
    var verifier =
        new Verifier(keys, (id, _) -> Optional.ofNullable(places.get(id)), manifest.keeper());
    for (var name : files.folder(RECORDS)) {
      var reading = RecordCodec.read(files.file(name));
      if (reading instanceof RecordCodec.Reading.Sound(var record)) {
        records.put(record.recordId(), record);
        lines.add(line(verifier.verify(record.recordId(), reading), record));
      } else {
        lines.add(line(verifier.verify(name, reading), null));
      }
    }
    var dispute = DisputeCheck.of(files.files(), manifest, keys, lines);
    var findings = new Findings();
    findings.of(() -> wrong(records));
    var purchase = purchase(records, findings);
    var papers = new ArrayList<BundleReport.PaperLine>();
    if (purchase != null) {
      var checked = PaperCheck.of(files, purchase);
      papers.addAll(checked.lines());
      findings.of(() -> unexpected(purchase));
      findings.of(checked::wrong);
      findings.of(() -> identities(purchase));
    }
    findings.of(dispute::wrong);
    papers.addAll(dispute.papers());
    papers.add(BundleReport.PaperLine.keeperOnly(SUMMARY));
    if (anchors.identities() == null) {
      papers.add(BundleReport.PaperLine.keeperOnly(KEYS));
    }
    papers.add(BundleReport.PaperLine.signed(MANIFEST, files.keeperKey()));
    var wrong = findings.first();
    return new BundleReport(
        wrong == null && lines.stream().allMatch(line -> line.reason() == null),
        manifest.world(),
        manifest.orderNo(),
        purchase == null ? null : purchase.kind(),
        wrong == null ? null : wrong.code(),
        wrong == null ? null : wrong.detail(),
        fingerprint(files.keeperKey()),
        lines,
        papers,
        keeperOnly(dispute),
        dispute.line());
  }

  /** What is wrong, the first of it. */
  private static final class Findings {

    private @Nullable BundleRefused found;

    private interface Check {

      @Nullable BundleRefused run() throws BundleRefused;
    }

    void of(Check check) {
      if (found == null) {
        try {
          found = check.run();
        } catch (BundleRefused wrong) {
          found = wrong;
        }
      }
    }

    @Nullable BundleRefused first() {
      return found;
    }
  }

  /** Null, with a finding, when the records are not of one purchase. */
  private @Nullable Purchase purchase(Map<String, OffChainRecord> records, Findings findings) {
    if (records.isEmpty()) {
      return null;
    }
    try {
      return Purchase.of(records.values(), manifest.orderNo());
    } catch (BundleRefused mixed) {
      findings.of(() -> mixed);
      return null;
    }
  }

  private static BundleReport.Line line(Verification done, @Nullable OffChainRecord record) {
    return new BundleReport.Line(
        done.recordId(),
        done.event() == null ? null : done.event().code(),
        done.result(),
        record == null
            ? List.of()
            : record.signatures().stream().map(RecordSignature::signerId).toList(),
        done.reason() == null ? null : done.reason().code(),
        done.detail());
  }

  /** What is wrong though every record may be sound. */
  private @Nullable BundleRefused wrong(Map<String, OffChainRecord> records) throws BundleRefused {
    var pinned = anchors.keeperKey();
    if (pinned != null && !pinned.equals(fingerprint(files.keeperKey()))) {
      return new BundleRefused("keeper_unknown", "sealed by another key than " + pinned);
    }
    if (files.folder(RECORDS).isEmpty()) {
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
    return chain();
  }

  /** A purchase has its papers and records under their names, and nothing else is in the file. */
  private @Nullable BundleRefused unexpected(Purchase purchase) throws BundleRefused {
    var expected = new TreeSet<>(List.of(MANIFEST, KEYS, HEAD, FIRST_HEAD, CONSISTENCY, SUMMARY));
    expected.addAll(PaperCheck.names(purchase));
    int number = 1;
    for (var name : files.folder(RECORDS)) {
      if (RecordCodec.read(files.file(name)) instanceof RecordCodec.Reading.Sound(var record)) {
        expected.add(name(RECORDS, number, record));
        expected.add(name(ANCHORS, number, record));
      } else {
        // Its own line says what is wrong with it.
        expected.add(name);
        expected.add(ANCHORS + name.substring(RECORDS.length()));
      }
      number++;
    }
    for (var name : files.files().keySet()) {
      if (!expected.contains(name) && !name.startsWith(DISPUTE)) {
        return new BundleRefused("file_unknown", name + " is no file of this purchase");
      }
    }
    return files.has(SUMMARY) ? null : new BundleRefused("paper_missing", SUMMARY + " is missing");
  }

  /** Each party of the purchase is known from outside to be what it acts as. */
  private @Nullable BundleRefused identities(Purchase purchase) {
    var given = anchors.identities();
    if (given == null) {
      return null;
    }
    if (!given.world().equals(manifest.world())) {
      return new BundleRefused(
          "world_differs", "the identities given are of the world " + given.world());
    }
    var parts = new TreeMap<Did, Identities.Role>();
    parts.put(manifest.keeper(), Identities.Role.TRUST);
    var cart = purchase.cart();
    if (cart != null) {
      parts.put(cart.participants().getFirst().participantId(), Identities.Role.MERCHANT);
    }
    for (var trade : purchase.trades()) {
      parts.put(trade.psp(), Identities.Role.PAYMENT);
      parts.put(trade.agent(), Identities.Role.AGENT);
      parts.put(trade.principal(), Identities.Role.PRINCIPAL);
      parts.put(trade.merchant(), Identities.Role.MERCHANT);
    }
    var issued = purchase.issued();
    if (issued != null) {
      parts.put(issued.participants().getFirst().participantId(), Identities.Role.DELEGATION);
    }
    for (var part : parts.entrySet()) {
      if (!given.isA(part.getKey(), part.getValue())) {
        return new BundleRefused(
            "identity_unknown",
            "%s is not known as %s".formatted(part.getKey(), part.getValue().code()));
      }
    }
    return null;
  }

  /** What a reader has to take the keeper's word for. */
  private List<KeeperWord> keeperOnly(DisputeCheck.Result dispute) {
    var words = EnumSet.of(KeeperWord.COMPLETENESS, KeeperWord.SUMMARY);
    if (anchors.identities() == null) {
      words.add(KeeperWord.KEYS);
      words.add(KeeperWord.WORLD);
      if (anchors.keeperKey() == null) {
        words.add(KeeperWord.KEEPER);
      }
    }
    if (first.treeSize() == head.treeSize()) {
      words.add(KeeperWord.HISTORY);
    }
    if (dispute.isKeepersClaim()) {
      words.add(KeeperWord.CLAIM);
    }
    return List.copyOf(words);
  }

  private @Nullable BundleRefused chain() throws BundleRefused {
    for (var each : List.of(first, head)) {
      if (!each.isSignedBy(manifest.keeper(), signer -> keys.find(signer, each.timestamp()))) {
        return new BundleRefused("head_not_signed", "a tree head is not signed by the keeper");
      }
      if (!each.logId().startsWith(manifest.keeper() + "/" + manifest.world() + "/")) {
        return new BundleRefused(
            "world_mixed", "a tree head is of the chain %s".formatted(each.logId()));
      }
    }
    if (!first.logId().equals(head.logId())) {
      return new BundleRefused("world_mixed", "the two tree heads are of different chains");
    }
    var hashes =
        files.json(CONSISTENCY).path("path").valueStream().map(each -> each.asString("")).toList();
    if (!BundleFiles.consistency(hashes).equals(files.json(CONSISTENCY))) {
      return new BundleRefused(
          "file_unreadable", CONSISTENCY + " says something this version does not know");
    }
    var path = new ArrayList<byte[]>();
    for (var hash : hashes) {
      path.add(Base64Url.decode(hash).orElse(new byte[0]));
    }
    return MerkleProofs.consistent(
            first.treeSize(), first.root(), head.treeSize(), head.root(), path)
        ? null
        : new BundleRefused("chain_inconsistent", "the chain was rewritten between its two heads");
  }

  private Map<String, Anchored> anchored() throws BundleRefused {
    Map<String, Anchored> byRecord = new TreeMap<>();
    for (var name : files.folder(ANCHORS)) {
      var record = RECORDS + name.substring(ANCHORS.length());
      if (files.has(record)
          && RecordCodec.read(files.file(record)) instanceof RecordCodec.Reading.Sound(var sound)) {
        var found = anchored(files.file(name));
        if (found.isPresent()) {
          byRecord.put(sound.recordId(), found.get());
        }
      }
    }
    return byRecord;
  }

  private Optional<Anchored> anchored(byte[] json) throws BundleRefused {
    try {
      var tree = Json.parse(json);
      var found =
          new Anchored(
              tree.path("anchor").asString(""),
              tree.path("height").asLong(0),
              tree.path("path").valueStream().map(each -> each.asString("")).toList(),
              head);
      // By their bytes: a number that was read is of another kind than one that was made.
      if (!Arrays.equals(Canonical.bytes(BundleFiles.place(found)), Canonical.bytes(tree))) {
        throw new BundleRefused(
            "file_unreadable", "an anchor says something this version does not know");
      }
      return Optional.of(found);
    } catch (JacksonException unreadable) {
      return Optional.empty();
    }
  }
}
