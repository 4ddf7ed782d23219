package org.actsandbox.protocol.attestation.bundle;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.attestation.KeyPeriods;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.attestation.merkle.InclusionProof;
import org.actsandbox.protocol.attestation.merkle.TreeHead;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Collects the files of an evidence bundle and seals them with the keeper's signature. */
public final class BundleBuilder {

  public static final String MANIFEST = "manifest.json";
  public static final String ORDER = "order.json";

  /** The verifier's word about the query that a merchant made for the order. */
  public static final String CREDIT = "credit-receipt.json";

  public static final String CREDENTIAL = "credential.txt";
  public static final String AUTHORITY = "authority.json";
  public static final String APPROVAL = "approval.json";
  public static final String PROOF = "proof.txt";

  /** The content that the principal approved; the approval has its digest. */
  public static final String SHOWN = "shown.json";

  public static final String BILL = "bill.json";

  /** The merchant's confirmation of delivery to the payment service. */
  public static final String CONFIRMATION = "confirmation.json";

  public static final String KEYS = "keys.json";
  public static final String HEAD = "chain/head.json";
  public static final String FIRST_HEAD = "chain/first-head.json";
  public static final String CONSISTENCY = "chain/consistency.json";
  public static final String SUMMARY = "summary.html";
  public static final String CLAIM = "dispute/claim.json";
  public static final String FINDING = "dispute/finding.json";
  static final String DISPUTE = "dispute/";
  static final String STATEMENTS = "dispute/statement-";
  static final String RECORDS = "records/";
  static final String ANCHORS = "anchors/";

  /**
   * The JSON documents of which a record attests the exact bytes, so that they stay as they were
   * signed. All other JSON files are in canonical form (JCS).
   */
  static final List<String> AS_SIGNED = List.of(APPROVAL, AUTHORITY);

  private final SortedMap<String, byte[]> files = new TreeMap<>();
  private int records;

  /** Adds a document exactly as it was signed, because a record has the digest of these bytes. */
  public BundleBuilder addDocument(String name, String text) {
    files.put(name, text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /**
   * Adds a signed JSON document in its canonical form, which is what its signature covers.
   *
   * @throws tools.jackson.core.JacksonException if the text is not JSON
   */
  public BundleBuilder json(String name, String text) {
    files.put(name, CanonicalJson.bytes(Json.parse(text)));
    return this;
  }

  /**
   * Returns the name of a document of the n-th payment: {@code bill.json}, {@code bill-2.json}.
   *
   * @param number the number of the payment, from 1
   */
  public static String numbered(String name, int number) {
    int dot = name.lastIndexOf('.');
    return number == 1
        ? name
        : "%s-%d%s".formatted(name.substring(0, dot), number, name.substring(dot));
  }

  /**
   * Adds a record. Causes must be added before their consequences.
   *
   * @param text the record as its holder stores it
   */
  public BundleBuilder addRecord(OffChainRecord record, String text) {
    records++;
    files.put(numberedName(RECORDS, records, record), canonical(text));
    return this;
  }

  /** Returns the canonical form; text that has none stays as it is, so that tampering is found. */
  private static byte[] canonical(String text) {
    try {
      return CanonicalJson.bytes(Json.parse(text));
    } catch (JacksonException | IllegalArgumentException broken) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  /** Adds a record with its anchor, which is proven to the bundle's tree head. */
  public BundleBuilder addRecord(
      OffChainRecord record, String text, InclusionProof inclusionProof) {
    addRecord(record, text);
    files.put(
        numberedName(ANCHORS, records, record), CanonicalJson.bytes(anchorJson(inclusionProof)));
    return this;
  }

  static JsonNode anchorJson(InclusionProof inclusionProof) {
    var proof = Json.object();
    proof.put("anchor", inclusionProof.anchor());
    proof.put("height", inclusionProof.height());
    inclusionProof.path().forEach(proof.putArray("path")::add);
    return proof;
  }

  /** Adds a party's signed statement in a dispute. */
  public BundleBuilder addStatement(int number, String text) {
    return json("%s%02d.json".formatted(STATEMENTS, number), text);
  }

  static String numberedName(String folder, int number, OffChainRecord record) {
    return "%s%03d-%s.json".formatted(folder, number, record.eventType().shortName());
  }

  public BundleBuilder addKeys(KeyPeriods keys) {
    files.put(KEYS, CanonicalJson.bytes(keys.json()));
    return this;
  }

  /**
   * Adds the head to which all anchors are proven, and the proof that the chain only grew since an
   * earlier head.
   *
   * @param path the consistency proof from {@code first} to {@code head}, base64url
   */
  public BundleBuilder addChain(TreeHead first, TreeHead head, List<String> path) {
    files.put(FIRST_HEAD, CanonicalJson.bytes(Json.tree(first)));
    files.put(HEAD, CanonicalJson.bytes(Json.tree(head)));
    files.put(CONSISTENCY, CanonicalJson.bytes(consistencyJson(path)));
    return this;
  }

  static JsonNode consistencyJson(List<String> path) {
    var proof = Json.object();
    path.forEach(proof.putArray("path")::add);
    return proof;
  }

  /**
   * Returns the bundle as a zip file, sealed by the keeper. The same content gives the same bytes.
   *
   * @param head the head that was given to {@link #addChain}
   */
  public byte[] seal(String world, String orderNo, TreeHead head, Signer keeper) {
    var manifest =
        new BundleManifest(
            BundleManifest.FORMAT,
            BundleManifest.SANDBOX,
            world,
            orderNo,
            keeper.did(),
            head.timestamp(),
            files.entrySet().stream()
                .map(
                    file ->
                        new BundleManifest.Entry(
                            file.getKey(),
                            file.getValue().length,
                            RequestFingerprint.digest(file.getValue())))
                .toList(),
            null,
            null,
            null);
    var all = new TreeMap<>(files);
    all.put(
        MANIFEST,
        CanonicalJson.bytes(Json.tree(SignedJson.sign(manifest, BundleManifest.class, keeper))));
    return BundleArchive.write(all);
  }
}
