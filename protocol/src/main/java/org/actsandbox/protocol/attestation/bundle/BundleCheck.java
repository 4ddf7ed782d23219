package org.actsandbox.protocol.attestation.bundle;

import static org.actsandbox.protocol.attestation.bundle.BundleBuilder.*;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.attestation.Base64Url;
import org.actsandbox.protocol.attestation.KeyPeriods;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.attestation.RecordCodec;
import org.actsandbox.protocol.attestation.RecordCodec.ReadResult;
import org.actsandbox.protocol.attestation.RecordSignature;
import org.actsandbox.protocol.attestation.TrustedIdentities;
import org.actsandbox.protocol.attestation.bundle.BundleReport.KeeperWord;
import org.actsandbox.protocol.attestation.merkle.InclusionProof;
import org.actsandbox.protocol.attestation.merkle.MerkleProofs;
import org.actsandbox.protocol.attestation.merkle.TreeHead;
import org.actsandbox.protocol.attestation.verification.RecordVerifier;
import org.actsandbox.protocol.attestation.verification.Verification;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.VerificationKey;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Verifies a bundle with nothing but the bundle: no server, no network. */
public final class BundleCheck {

  private final SealedFiles files;
  private final TrustAnchors anchors;
  private final BundleManifest bundleManifest;
  private final KeyPeriods keys;
  private final TreeHead first;
  private final TreeHead head;

  private BundleCheck(SealedFiles files, TrustAnchors anchors) throws InvalidBundleException {
    this.files = files;
    this.anchors = anchors;
    this.bundleManifest = files.manifest();
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
    } catch (InvalidBundleException refused) {
      return BundleReport.refused(refused.code(), refused.detail());
    }
  }

  /** What identifies a key: the digest of its public JWK in canonical form. */
  public static String fingerprint(VerificationKey key) {
    return RequestFingerprint.digest(CanonicalJson.bytes(Json.parse(key.jwk())));
  }

  private BundleReport report() throws InvalidBundleException {
    var lines = new ArrayList<BundleReport.Line>();
    Map<String, OffChainRecord> records = new LinkedHashMap<>();
    var places = anchored();
    var recordVerifier =
        new RecordVerifier(
            keys, (id, _) -> Optional.ofNullable(places.get(id)), bundleManifest.keeper());
    for (var name : files.folder(RECORDS)) {
      var readResult = RecordCodec.read(files.file(name));
      if (readResult instanceof ReadResult.Sound(var record)) {
        records.put(record.recordId(), record);
        lines.add(line(recordVerifier.verify(record.recordId(), readResult), record));
      } else {
        lines.add(line(recordVerifier.verify(name, readResult), null));
      }
    }
    var dispute = DisputeCheck.verify(files.files(), bundleManifest, keys, lines);
    var findings = new Findings();
    findings.of(() -> wrong(records));
    var bundlePurchase = purchase(records, findings);
    var papers = new ArrayList<BundleReport.PaperLine>();
    if (bundlePurchase != null) {
      var checked = DocumentVerifier.of(files, bundlePurchase);
      papers.addAll(checked.lines());
      findings.of(() -> unexpected(bundlePurchase));
      findings.of(checked::wrong);
      findings.of(() -> identities(bundlePurchase));
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
        bundleManifest.world(),
        bundleManifest.orderNo(),
        bundlePurchase == null ? null : bundlePurchase.kind(),
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

    private @Nullable InvalidBundleException found;

    private interface Check {

      @Nullable InvalidBundleException run() throws InvalidBundleException;
    }

    void of(Check check) {
      if (found == null) {
        try {
          found = check.run();
        } catch (InvalidBundleException wrong) {
          found = wrong;
        }
      }
    }

    @Nullable InvalidBundleException first() {
      return found;
    }
  }

  /** Null, with a finding, when the records are not of one purchase. */
  private @Nullable BundlePurchase purchase(
      Map<String, OffChainRecord> records, Findings findings) {
    if (records.isEmpty()) {
      return null;
    }
    try {
      return BundlePurchase.of(records.values(), bundleManifest.orderNo());
    } catch (InvalidBundleException mixed) {
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
  private @Nullable InvalidBundleException wrong(Map<String, OffChainRecord> records)
      throws InvalidBundleException {
    var pinned = anchors.keeperKey();
    if (pinned != null && !pinned.equals(fingerprint(files.keeperKey()))) {
      return new InvalidBundleException("keeper_unknown", "sealed by another key than " + pinned);
    }
    if (files.folder(RECORDS).isEmpty()) {
      return new InvalidBundleException("no_records", "there is no record in the bundle");
    }
    for (var record : records.values()) {
      for (var cause : record.upstreamRecords()) {
        if (!records.containsKey(cause)) {
          return new InvalidBundleException(
              "upstream_missing", record.recordId() + " follows from " + cause + ", not shown");
        }
      }
    }
    return chain();
  }

  /** A purchase has its papers and records under their names, and nothing else is in the file. */
  private @Nullable InvalidBundleException unexpected(BundlePurchase bundlePurchase)
      throws InvalidBundleException {
    var expected = new TreeSet<>(List.of(MANIFEST, KEYS, HEAD, FIRST_HEAD, CONSISTENCY, SUMMARY));
    expected.addAll(DocumentVerifier.names(bundlePurchase));
    int number = 1;
    for (var name : files.folder(RECORDS)) {
      if (RecordCodec.read(files.file(name)) instanceof ReadResult.Sound(var record)) {
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
        return new InvalidBundleException("file_unknown", name + " is no file of this purchase");
      }
    }
    return files.has(SUMMARY)
        ? null
        : new InvalidBundleException("paper_missing", SUMMARY + " is missing");
  }

  /** Each party of the purchase is known from outside to be what it acts as. */
  private @Nullable InvalidBundleException identities(BundlePurchase bundlePurchase) {
    var given = anchors.identities();
    if (given == null) {
      return null;
    }
    if (!given.world().equals(bundleManifest.world())) {
      return new InvalidBundleException(
          "world_differs", "the identities given are of the world " + given.world());
    }
    var parts = new TreeMap<Did, TrustedIdentities.Role>();
    parts.put(bundleManifest.keeper(), TrustedIdentities.Role.TRUST);
    var cart = bundlePurchase.cart();
    if (cart != null) {
      parts.put(cart.participants().getFirst().participantId(), TrustedIdentities.Role.MERCHANT);
    }
    for (var trade : bundlePurchase.trades()) {
      parts.put(trade.psp(), TrustedIdentities.Role.PAYMENT);
      parts.put(trade.agent(), TrustedIdentities.Role.AGENT);
      parts.put(trade.principal(), TrustedIdentities.Role.PRINCIPAL);
      parts.put(trade.merchant(), TrustedIdentities.Role.MERCHANT);
    }
    var issued = bundlePurchase.issued();
    if (issued != null) {
      parts.put(
          issued.participants().getFirst().participantId(), TrustedIdentities.Role.DELEGATION);
    }
    for (var part : parts.entrySet()) {
      if (!given.isA(part.getKey(), part.getValue())) {
        return new InvalidBundleException(
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

  private @Nullable InvalidBundleException chain() throws InvalidBundleException {
    for (var each : List.of(first, head)) {
      if (!each.isSignedBy(
          bundleManifest.keeper(), signer -> keys.find(signer, each.timestamp()))) {
        return new InvalidBundleException(
            "head_not_signed", "a tree head is not signed by the keeper");
      }
      if (!each.logId().startsWith(bundleManifest.keeper() + "/" + bundleManifest.world() + "/")) {
        return new InvalidBundleException(
            "world_mixed", "a tree head is of the chain %s".formatted(each.logId()));
      }
    }
    if (!first.logId().equals(head.logId())) {
      return new InvalidBundleException(
          "world_mixed", "the two tree heads are of different chains");
    }
    var hashes =
        files.json(CONSISTENCY).path("path").valueStream().map(each -> each.asString("")).toList();
    if (!BundleBuilder.consistency(hashes).equals(files.json(CONSISTENCY))) {
      return new InvalidBundleException(
          "file_unreadable", CONSISTENCY + " says something this version does not know");
    }
    var path = new ArrayList<byte[]>();
    for (var hash : hashes) {
      path.add(Base64Url.decode(hash).orElse(new byte[0]));
    }
    return MerkleProofs.consistent(
            first.treeSize(), first.root(), head.treeSize(), head.root(), path)
        ? null
        : new InvalidBundleException(
            "chain_inconsistent", "the chain was rewritten between its two heads");
  }

  private Map<String, InclusionProof> anchored() throws InvalidBundleException {
    Map<String, InclusionProof> byRecord = new TreeMap<>();
    for (var name : files.folder(ANCHORS)) {
      var record = RECORDS + name.substring(ANCHORS.length());
      if (files.has(record)
          && RecordCodec.read(files.file(record)) instanceof ReadResult.Sound(var sound)) {
        var found = anchored(files.file(name));
        if (found.isPresent()) {
          byRecord.put(sound.recordId(), found.get());
        }
      }
    }
    return byRecord;
  }

  private Optional<InclusionProof> anchored(byte[] json) throws InvalidBundleException {
    try {
      var tree = Json.parse(json);
      var found =
          new InclusionProof(
              tree.path("anchor").asString(""),
              tree.path("height").asLong(0),
              tree.path("path").valueStream().map(each -> each.asString("")).toList(),
              head);
      // By their bytes: a number that was read is of another kind than one that was made.
      if (!Arrays.equals(
          CanonicalJson.bytes(BundleBuilder.place(found)), CanonicalJson.bytes(tree))) {
        throw new InvalidBundleException(
            "file_unreadable", "an anchor says something this version does not know");
      }
      return Optional.of(found);
    } catch (JacksonException unreadable) {
      return Optional.empty();
    }
  }
}
