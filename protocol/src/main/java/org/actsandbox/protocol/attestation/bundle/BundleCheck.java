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

/** Verifies a bundle offline, from the file alone and from what the verifier already trusts. */
public final class BundleCheck {

  private final SealedFiles files;
  private final TrustAnchors anchors;
  private final BundleManifest manifest;
  private final KeyPeriods keys;
  private final TreeHead first;
  private final TreeHead head;

  private BundleCheck(SealedFiles files, TrustAnchors anchors) throws InvalidBundleException {
    this.files = files;
    this.anchors = anchors;
    this.manifest = files.manifest();
    this.keys = files.keys();
    this.first = files.bind(FIRST_HEAD, TreeHead.class);
    this.head = files.bind(HEAD, TreeHead.class);
  }

  /**
   * Verifies a bundle. Every defect is a result in the report and never an exception.
   *
   * @param anchors the facts that the verifier already trusts; null if there are none
   */
  public static BundleReport verify(byte[] archive, @Nullable TrustAnchors anchors) {
    try {
      var known = anchors == null ? TrustAnchors.NONE : anchors;
      return new BundleCheck(SealedFiles.read(archive, known), known).report();
    } catch (InvalidBundleException refused) {
      return BundleReport.refused(refused.code(), refused.detail());
    }
  }

  /** Returns the digest of the public JWK in canonical form, which identifies the key. */
  public static String fingerprint(VerificationKey key) {
    return RequestFingerprint.digest(CanonicalJson.bytes(Json.parse(key.jwk())));
  }

  private BundleReport report() throws InvalidBundleException {
    var lines = new ArrayList<BundleReport.Line>();
    Map<String, OffChainRecord> records = new LinkedHashMap<>();
    var proofs = inclusionProofs();
    var verifier =
        new RecordVerifier(keys, (id, _) -> Optional.ofNullable(proofs.get(id)), manifest.keeper());
    for (var name : files.folder(RECORDS)) {
      var readResult = RecordCodec.read(files.file(name));
      if (readResult instanceof ReadResult.WellFormed(var record)) {
        records.put(record.recordId(), record);
        lines.add(line(verifier.verify(record.recordId(), readResult), record));
      } else {
        lines.add(line(verifier.verify(name, readResult), null));
      }
    }
    var dispute = DisputeCheck.verify(files.files(), manifest, keys, lines);
    var firstDefect = new FirstDefect();
    firstDefect.check(() -> bundleDefect(records));
    var purchase = purchase(records, firstDefect);
    var papers = new ArrayList<BundleReport.PaperLine>();
    if (purchase != null) {
      var checked = DocumentVerifier.verify(files, purchase);
      papers.addAll(checked.lines());
      firstDefect.check(() -> fileDefect(purchase));
      firstDefect.check(checked::firstDefect);
      firstDefect.check(() -> identityDefect(purchase));
    }
    firstDefect.check(dispute::defect);
    papers.addAll(dispute.documents());
    papers.add(BundleReport.PaperLine.keeperOnly(SUMMARY));
    if (anchors.identities() == null) {
      papers.add(BundleReport.PaperLine.keeperOnly(KEYS));
    }
    papers.add(BundleReport.PaperLine.signed(MANIFEST, files.keeperKey()));
    var defect = firstDefect.found();
    return new BundleReport(
        defect == null && lines.stream().allMatch(line -> line.reason() == null),
        manifest.world(),
        manifest.orderNo(),
        purchase == null ? null : purchase.kind(),
        defect == null ? null : defect.code(),
        defect == null ? null : defect.detail(),
        fingerprint(files.keeperKey()),
        lines,
        papers,
        keeperOnly(dispute),
        dispute.line());
  }

  /** Runs checks until one finds a defect, and keeps that defect. */
  private static final class FirstDefect {

    private @Nullable InvalidBundleException found;

    private interface Check {

      @Nullable InvalidBundleException run() throws InvalidBundleException;
    }

    void check(Check check) {
      if (found == null) {
        try {
          found = check.run();
        } catch (InvalidBundleException wrong) {
          found = wrong;
        }
      }
    }

    @Nullable InvalidBundleException found() {
      return found;
    }
  }

  /** Returns null, and reports a defect, if the records are not of one purchase. */
  private @Nullable BundlePurchase purchase(
      Map<String, OffChainRecord> records, FirstDefect firstDefect) {
    if (records.isEmpty()) {
      return null;
    }
    try {
      return BundlePurchase.of(records.values(), manifest.orderNo());
    } catch (InvalidBundleException mixed) {
      firstDefect.check(() -> mixed);
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

  /** Finds a defect of the bundle as a whole, which valid records do not exclude. */
  private @Nullable InvalidBundleException bundleDefect(Map<String, OffChainRecord> records)
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
    return chainDefect();
  }

  /** Finds a file that does not belong to the purchase, or a missing summary. */
  private @Nullable InvalidBundleException fileDefect(BundlePurchase purchase)
      throws InvalidBundleException {
    var expected = new TreeSet<>(List.of(MANIFEST, KEYS, HEAD, FIRST_HEAD, CONSISTENCY, SUMMARY));
    expected.addAll(DocumentVerifier.names(purchase));
    int number = 1;
    for (var name : files.folder(RECORDS)) {
      if (RecordCodec.read(files.file(name)) instanceof ReadResult.WellFormed(var record)) {
        expected.add(numberedName(RECORDS, number, record));
        expected.add(numberedName(ANCHORS, number, record));
      } else {
        // The report's line for this record says what is wrong with it.
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

  /** Finds a party of the purchase that the trusted identities do not list in its role. */
  private @Nullable InvalidBundleException identityDefect(BundlePurchase purchase) {
    var given = anchors.identities();
    if (given == null) {
      return null;
    }
    if (!given.world().equals(manifest.world())) {
      return new InvalidBundleException(
          "world_differs", "the identities given are of the world " + given.world());
    }
    var roles = new TreeMap<Did, TrustedIdentities.Role>();
    roles.put(manifest.keeper(), TrustedIdentities.Role.TRUST);
    var cart = purchase.cart();
    if (cart != null) {
      roles.put(cart.participants().getFirst().participantId(), TrustedIdentities.Role.MERCHANT);
      if (purchase.asksCredit()) {
        roles.put(
            new Did(cart.eventBody().path("credit_verifier").asString("")),
            TrustedIdentities.Role.CREDIT);
      }
    }
    for (var trade : purchase.trades()) {
      roles.put(trade.psp(), TrustedIdentities.Role.PAYMENT);
      roles.put(trade.agent(), TrustedIdentities.Role.AGENT);
      roles.put(trade.principal(), TrustedIdentities.Role.PRINCIPAL);
      roles.put(trade.merchant(), TrustedIdentities.Role.MERCHANT);
    }
    var issued = purchase.issued();
    if (issued != null) {
      roles.put(
          issued.participants().getFirst().participantId(), TrustedIdentities.Role.DELEGATION);
    }
    for (var role : roles.entrySet()) {
      if (!given.isA(role.getKey(), role.getValue())) {
        return new InvalidBundleException(
            "identity_unknown",
            "%s is not known as %s".formatted(role.getKey(), role.getValue().code()));
      }
    }
    return null;
  }

  /** Lists the facts that only the keeper asserts. */
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

  private @Nullable InvalidBundleException chainDefect() throws InvalidBundleException {
    for (var each : List.of(first, head)) {
      if (!each.isSignedBy(manifest.keeper(), signer -> keys.find(signer, each.timestamp()))) {
        return new InvalidBundleException(
            "head_not_signed", "a tree head is not signed by the keeper");
      }
      if (!each.logId().startsWith(manifest.keeper() + "/" + manifest.world() + "/")) {
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
    if (!BundleBuilder.consistencyJson(hashes).equals(files.json(CONSISTENCY))) {
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

  /** Returns the anchors of the bundle by record id. */
  private Map<String, InclusionProof> inclusionProofs() throws InvalidBundleException {
    Map<String, InclusionProof> byRecord = new TreeMap<>();
    for (var name : files.folder(ANCHORS)) {
      var record = RECORDS + name.substring(ANCHORS.length());
      if (files.has(record)
          && RecordCodec.read(files.file(record))
              instanceof ReadResult.WellFormed(var wellFormed)) {
        var found = inclusionProof(files.file(name));
        if (found.isPresent()) {
          byRecord.put(wellFormed.recordId(), found.get());
        }
      }
    }
    return byRecord;
  }

  private Optional<InclusionProof> inclusionProof(byte[] json) throws InvalidBundleException {
    try {
      var tree = Json.parse(json);
      var found =
          new InclusionProof(
              tree.path("anchor").asString(""),
              tree.path("height").asLong(0),
              tree.path("path").valueStream().map(each -> each.asString("")).toList(),
              head);
      // Bytes are compared, because a parsed number node never equals a number node made in code.
      if (!Arrays.equals(
          CanonicalJson.bytes(BundleBuilder.anchorJson(found)), CanonicalJson.bytes(tree))) {
        throw new InvalidBundleException(
            "file_unreadable", "an anchor says something this version does not know");
      }
      return Optional.of(found);
    } catch (JacksonException unreadable) {
      return Optional.empty();
    }
  }
}
