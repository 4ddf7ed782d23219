package org.actsandbox.protocol.attestation.bundle;

import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.attestation.TestRecords;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** A valid bundle of a purchase, which tests change and seal again. */
final class TestBundle {

  private final TestRecords world;
  private final byte[] bytes;

  private TestBundle(TestRecords world, byte[] bytes) {
    this.world = world;
    this.bytes = bytes;
  }

  /**
   * @param addDocuments adds further documents
   */
  static TestBundle of(SignedPurchaseFixture purchase, Consumer<BundleBuilder> addDocuments) {
    var world = purchase.world;
    var files = new BundleBuilder();
    int height = 1;
    for (var record : world.records.values()) {
      files.addRecord(record, Json.write(record), world.inclusionProof(height++));
    }
    files.addKeys(world.keys()).addChain(world.head("test", 1), world.head(), world.consistency(1));
    purchase.documents.forEach(
        (name, text) -> {
          if (!name.endsWith(".json") || BundleBuilder.AS_SIGNED.contains(name)) {
            files.addDocument(name, text);
          } else {
            files.json(name, text);
          }
        });
    addDocuments.accept(files);
    files.addDocument(BundleBuilder.SUMMARY, "<p>what happened</p>");
    return new TestBundle(
        world, files.seal("test", purchase.orderNo, world.head(), world.pair(TestRecords.KEEPER)));
  }

  byte[] bytes() {
    return bytes;
  }

  SortedMap<String, byte[]> files() {
    try {
      return new TreeMap<>(BundleArchive.read(bytes));
    } catch (InvalidBundleException refused) {
      throw new IllegalStateException(refused);
    }
  }

  static byte[] file(SortedMap<String, byte[]> files, String name) {
    return Objects.requireNonNull(files.get(name), name);
  }

  /** Returns a bundle with these files and an adapted manifest, sealed by the keeper or another. */
  byte[] sealedAgain(SortedMap<String, byte[]> files, Did signer) {
    return sealedAgain(files, world.pair(signer));
  }

  byte[] sealedAgain(SortedMap<String, byte[]> files, Signer signer) {
    var manifest = (ObjectNode) Json.parse(file(files, BundleBuilder.MANIFEST));
    var entries = manifest.putArray("files");
    files.forEach(
        (file, content) -> {
          if (!file.equals(BundleBuilder.MANIFEST)) {
            entries
                .addObject()
                .put("name", file)
                .put("bytes", content.length)
                .put("digest", RequestFingerprint.digest(content));
          }
        });
    var all = new TreeMap<>(files);
    all.put(BundleBuilder.MANIFEST, CanonicalJson.bytes(SignedJson.sign(manifest, signer)));
    return BundleArchive.write(all);
  }

  byte[] sealedAgain(SortedMap<String, byte[]> files) {
    return sealedAgain(files, TestRecords.KEEPER);
  }

  /** Returns a copy with one random bit changed. */
  static byte[] flipped(byte[] bytes, Random random) {
    var flipped = bytes.clone();
    if (flipped.length > 0) {
      flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return flipped;
  }
}
