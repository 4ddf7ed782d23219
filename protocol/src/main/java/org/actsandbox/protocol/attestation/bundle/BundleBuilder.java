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

/** The files of a bundle while it is put together. */
public final class BundleBuilder {

  public static final String MANIFEST = "manifest.json";
  public static final String ORDER = "order.json";
  public static final String CREDENTIAL = "credential.txt";
  public static final String AUTHORITY = "authority.json";
  public static final String APPROVAL = "approval.json";
  public static final String PROOF = "proof.txt";

  /** What the principal saw when approving, whose digest is in the approval. */
  public static final String SHOWN = "shown.json";

  public static final String BILL = "bill.json";

  /** The merchant's word to the payment service that it delivered. */
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

  /** Papers whose bytes a record attests: they stay as they were signed. All other JSON is JCS. */
  static final List<String> AS_SIGNED = List.of(APPROVAL, AUTHORITY);

  private final SortedMap<String, byte[]> files = new TreeMap<>();
  private int records;

  /** A paper exactly as it was signed, so that its digest stands in a record. */
  public BundleBuilder addDocument(String name, String text) {
    files.put(name, text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /**
   * A signed JSON paper in its canonical form, which is what its signature covers.
   *
   * @throws tools.jackson.core.JacksonException for what is no JSON
   */
  public BundleBuilder json(String name, String text) {
    files.put(name, CanonicalJson.bytes(Json.parse(text)));
    return this;
  }

  /** The name of a paper of the n-th payment: {@code bill.json}, {@code bill-2.json}. */
  public static String numbered(String name, int number) {
    int dot = name.lastIndexOf('.');
    return number == 1
        ? name
        : "%s-%d%s".formatted(name.substring(0, dot), number, name.substring(dot));
  }

  /**
   * A record, causes before consequences.
   *
   * @param text as its holder keeps it
   */
  public BundleBuilder addRecord(OffChainRecord record, String text) {
    records++;
    files.put(name(RECORDS, records, record), canonical(text));
    return this;
  }

  /** What was tampered with stays as it is, so that it is found. */
  private static byte[] canonical(String text) {
    try {
      return CanonicalJson.bytes(Json.parse(text));
    } catch (JacksonException | IllegalArgumentException broken) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  /** A record with its place on the chain, proven to the bundle's head. */
  public BundleBuilder addRecord(
      OffChainRecord record, String text, InclusionProof inclusionProof) {
    addRecord(record, text);
    files.put(name(ANCHORS, records, record), CanonicalJson.bytes(place(inclusionProof)));
    return this;
  }

  static JsonNode place(InclusionProof inclusionProof) {
    var proof = Json.object();
    proof.put("anchor", inclusionProof.anchor());
    proof.put("height", inclusionProof.height());
    inclusionProof.path().forEach(proof.putArray("path")::add);
    return proof;
  }

  /** What a party said in a dispute, as it signed it. */
  public BundleBuilder addStatement(int number, String text) {
    return json("%s%02d.json".formatted(STATEMENTS, number), text);
  }

  static String name(String folder, int number, OffChainRecord record) {
    return "%s%03d-%s.json".formatted(folder, number, record.eventType().shortName());
  }

  public BundleBuilder addKeys(KeyPeriods keys) {
    files.put(KEYS, CanonicalJson.bytes(keys.json()));
    return this;
  }

  /**
   * The head everything is proven to, and that it goes on from an earlier one.
   *
   * @param path from {@code first} to {@code head}
   */
  public BundleBuilder addChain(TreeHead first, TreeHead head, List<String> path) {
    files.put(FIRST_HEAD, CanonicalJson.bytes(Json.tree(first)));
    files.put(HEAD, CanonicalJson.bytes(Json.tree(head)));
    files.put(CONSISTENCY, CanonicalJson.bytes(consistency(path)));
    return this;
  }

  static JsonNode consistency(List<String> path) {
    var proof = Json.object();
    path.forEach(proof.putArray("path")::add);
    return proof;
  }

  /** The bundle, sealed by the keeper. The same content gives the same bytes. */
  public byte[] seal(String world, String orderNo, TreeHead head, Signer keeper) {
    var bundleManifest =
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
        CanonicalJson.bytes(
            Json.tree(SignedJson.sign(bundleManifest, BundleManifest.class, keeper))));
    return BundleArchive.write(all);
  }
}
