package org.actsandbox.protocol.attestation.bundle;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.actsandbox.protocol.a402.Fingerprint;
import org.actsandbox.protocol.attestation.Anchored;
import org.actsandbox.protocol.attestation.KeyPeriods;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.attestation.merkle.TreeHead;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.json.Json;

/** The files of a bundle while it is put together. */
public final class BundleFiles {

  public static final String MANIFEST = "manifest.json";
  public static final String ORDER = "order.json";
  public static final String CREDENTIAL = "credential.txt";
  public static final String AUTHORITY = "authority.json";
  public static final String APPROVAL = "approval.json";
  public static final String PROOF = "proof.txt";
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

  private final SortedMap<String, byte[]> files = new TreeMap<>();
  private int records;

  /** A paper exactly as it was signed, so that its digest stands in a record. */
  public BundleFiles paper(String name, String text) {
    files.put(name, text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /**
   * A record, causes before consequences.
   *
   * @param text exactly as its holder keeps it
   */
  public BundleFiles record(OffChainRecord record, String text) {
    records++;
    files.put(name(RECORDS, record), text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** A record with its place on the chain, proven to the bundle's head. */
  public BundleFiles record(OffChainRecord record, String text, Anchored anchored) {
    record(record, text);
    var proof = Json.object();
    proof.put("anchor", anchored.anchor());
    proof.put("height", anchored.height());
    var path = proof.putArray("path");
    anchored.path().forEach(path::add);
    files.put(name(ANCHORS, record), Json.bytes(proof));
    return this;
  }

  /** What a party said in a dispute, as it signed it. */
  public BundleFiles statement(int number, String text) {
    return paper("%s%02d.json".formatted(STATEMENTS, number), text);
  }

  private String name(String folder, OffChainRecord record) {
    return "%s%03d-%s.json".formatted(folder, records, record.eventType().shortName());
  }

  public BundleFiles keys(KeyPeriods keys) {
    files.put(KEYS, Json.bytes(keys.json()));
    return this;
  }

  /**
   * The head everything is proven to, and that it goes on from an earlier one.
   *
   * @param path from {@code first} to {@code head}
   */
  public BundleFiles chain(TreeHead first, TreeHead head, List<String> path) {
    files.put(FIRST_HEAD, Json.bytes(first));
    files.put(HEAD, Json.bytes(head));
    var proof = Json.object();
    path.forEach(proof.putArray("path")::add);
    files.put(CONSISTENCY, Json.bytes(proof));
    return this;
  }

  /** The bundle, sealed by the keeper. The same content gives the same bytes. */
  public byte[] sealed(String world, String orderNo, TreeHead head, Signer keeper) {
    var manifest =
        new Manifest(
            Manifest.FORMAT,
            Manifest.SANDBOX,
            world,
            orderNo,
            keeper.did(),
            head.timestamp(),
            files.entrySet().stream()
                .map(
                    file ->
                        new Manifest.Entry(
                            file.getKey(),
                            file.getValue().length,
                            Fingerprint.digest(file.getValue())))
                .toList(),
            null,
            null,
            null);
    var all = new TreeMap<>(files);
    all.put(MANIFEST, Json.bytes(SignedJson.sign(manifest, Manifest.class, keeper)));
    return BundleArchive.write(all);
  }
}
