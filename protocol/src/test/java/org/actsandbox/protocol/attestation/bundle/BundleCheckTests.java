package org.actsandbox.protocol.attestation.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.actsandbox.protocol.attestation.HashAlgorithm;
import org.actsandbox.protocol.attestation.TestRecords;
import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the verification of bundles and random changes of their files. */
class BundleCheckTests {

  private static final SignedPurchaseFixture PURCHASE =
      SignedPurchaseFixture.approved(HashAlgorithm.SHA_256);

  private final TestBundle valid = bundle(PURCHASE);
  private final byte[] bundle = valid.bytes();

  private static TestBundle bundle(SignedPurchaseFixture purchase) {
    return TestBundle.of(purchase, _ -> {});
  }

  @Test
  void aValidBundleIsVerifiedRecordByRecordAndReproducible() {
    var report = BundleCheck.verify(bundle, null);
    assertThat(report.verified()).as(String.valueOf(report)).isTrue();
    assertThat(report.records())
        .extracting(BundleReport.Line::recordId)
        .containsExactly("E-1", "E-2", "E-3", "E-4");
    assertThat(report.orderNo()).isEqualTo("S-1");
    assertThat(bundle(SignedPurchaseFixture.approved(HashAlgorithm.SHA_256)).bytes())
        .isEqualTo(bundle);
    var other = bundle(SignedPurchaseFixture.approved(HashAlgorithm.SM3)).bytes();
    assertThat(other).isNotEqualTo(bundle);
    assertThat(BundleCheck.verify(other, null).verified()).isTrue();
  }

  @Test
  void aBundleOfAnotherKeeperKeyIsRefused() {
    var key = BundleCheck.fingerprint(PURCHASE.world.pair(TestRecords.KEEPER).publicKey());
    assertThat(BundleCheck.verify(bundle, TrustAnchors.keeper(key)).verified()).isTrue();
    assertThat(BundleCheck.verify(bundle, TrustAnchors.keeper("sha-256:other")).reason())
        .isEqualTo("keeper_unknown");
    assertThat(BundleCheck.verify(bundle, null).keeperKey()).isEqualTo(key);
  }

  /** The zip library writes most times in the time zone of the process. */
  @Test
  void aBundleVerifiesInEveryTimeZone() {
    var here = TimeZone.getDefault();
    try {
      for (var zone : List.of("Asia/Shanghai", "America/Los_Angeles", "UTC")) {
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        assertThat(BundleCheck.verify(bundle, null).verified()).as(zone).isTrue();
        assertThat(bundle(SignedPurchaseFixture.approved(HashAlgorithm.SHA_256)).bytes())
            .isEqualTo(bundle);
      }
    } finally {
      TimeZone.setDefault(here);
    }
  }

  /** Checks two thousand mutations per seed: none verifies, none crashes, each has a reason. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void noMutationVerifies(long seed) {
    var random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      var mutated = mutation(random);
      if (Arrays.equals(mutated, bundle)) {
        continue;
      }
      var report = BundleCheck.verify(mutated, null);
      assertThat(report.verified()).as("seed %d, round %d", seed, round).isFalse();
      assertThat(
              report.reason() != null
                  || report.records().stream().anyMatch(line -> line.reason() != null))
          .as("seed %d, round %d has a reason", seed, round)
          .isTrue();
    }
  }

  private byte[] mutation(Random random) {
    return switch (random.nextInt(8)) {
      case 0, 1 -> TestBundle.flipped(bundle, random);
      case 2 -> Arrays.copyOf(bundle, random.nextInt(bundle.length));
      case 3 -> rezipped(random, files -> files.remove(any(files, random)));
      case 4 -> rezipped(random, files -> swap(files, random));
      case 5 ->
          rezipped(
              random,
              files ->
                  files.computeIfPresent(
                      any(files, random), (_, b) -> TestBundle.flipped(b, random)));
      case 6 ->
          rezipped(random, files -> files.put("records/009-more.json", new byte[] {'{', '}'}));
      default -> resealed(random);
    };
  }

  private interface Change {
    void applyTo(SortedMap<String, byte[]> files);
  }

  private byte[] rezipped(Random random, Change change) {
    var files = valid.files();
    change.applyTo(files);
    return files.isEmpty() ? new byte[random.nextInt(50)] : BundleArchive.write(files);
  }

  private static void swap(SortedMap<String, byte[]> files, Random random) {
    var one = any(files, random);
    var other = any(files, random);
    var kept = TestBundle.file(files, one);
    files.put(one, TestBundle.file(files, other));
    files.put(other, kept);
  }

  /** Changes a file, adapts the manifest, and seals it with another participant's key. */
  private byte[] resealed(Random random) {
    var files = valid.files();
    var name = any(files, random);
    if (name.equals(BundleBuilder.MANIFEST)) {
      name = BundleBuilder.KEYS;
    }
    files.computeIfPresent(name, (_, bytes) -> TestBundle.flipped(bytes, random));
    return valid.sealedAgain(files, random.nextBoolean() ? TestRecords.SHOP : TestRecords.AGENT);
  }

  @Test
  void swappedKeysAreFound() {
    var files = valid.files();
    var text = new String(TestBundle.file(files, BundleBuilder.KEYS), StandardCharsets.UTF_8);
    var first = Json.parse(text).path("keys").path(0).path("jwk").path("x").stringValue();
    var second = Json.parse(text).path("keys").path(1).path("jwk").path("x").stringValue();
    var mixed = text.replace(first, "@@").replace(second, first).replace("@@", second);
    files.put(BundleBuilder.KEYS, mixed.getBytes(StandardCharsets.UTF_8));
    assertThat(BundleCheck.verify(valid.sealedAgain(files), null).records())
        .extracting(BundleReport.Line::reason)
        .contains("signature_wrong");
  }

  @Test
  void aDocumentThatNoRecordAttestsIsFound() {
    var files = valid.files();
    files.put(BundleBuilder.PROOF, "some.other.proof".getBytes(StandardCharsets.UTF_8));
    assertThat(BundleCheck.verify(valid.sealedAgain(files), null).reason())
        .isEqualTo("paper_not_attested");
    files.remove(BundleBuilder.PROOF);
    files.remove("records/002-cart-confirmed.json");
    assertThat(BundleCheck.verify(valid.sealedAgain(files), null).reason())
        .isEqualTo("upstream_missing");
    files.keySet().removeIf(name -> name.startsWith("records/"));
    assertThat(BundleCheck.verify(valid.sealedAgain(files), null).reason()).isEqualTo("no_records");
  }

  @Test
  void aRecordThatIsNotOnTheChainIsReported() {
    var files = valid.files();
    files.remove("anchors/003-transaction-completed.json");
    var report = BundleCheck.verify(valid.sealedAgain(files), null);
    assertThat(report.verified()).isFalse();
    assertThat(report.records().get(2).reason()).isEqualTo("not_on_chain");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../evil.json", "/etc/passwd", "a/b/c.json", "CON.json", "x.exe", "a\\b.json", ""})
  void unsafeFileNamesAreRefused(String name) throws IOException {
    var report = BundleCheck.verify(zip(name, new byte[10], ZipEntry.DEFLATED, 1), null);
    assertThat(report.verified()).isFalse();
    assertThat(report.reason()).isIn("archive_changed", "archive_broken");
  }

  @Test
  void zipBombsAndTooManyFilesAreRefusedEarly() throws IOException {
    var bomb = zip("a.json", new byte[64 * 1024 * 1024], ZipEntry.DEFLATED, 1);
    assertThat(bomb.length).isLessThan(BundleArchive.MAX_BYTES);
    assertThat(BundleCheck.verify(bomb, null).reason()).isEqualTo("archive_changed");
    assertThat(BundleCheck.verify(new byte[BundleArchive.MAX_BYTES + 1], null).reason())
        .isEqualTo("archive_too_large");
    var manyFiles = new TreeMap<String, byte[]>();
    for (int i = 0; i < BundleArchive.MAX_ENTRIES; i++) {
      manyFiles.put("f%d.json".formatted(i), new byte[0]);
    }
    assertThat(BundleCheck.verify(BundleArchive.write(manyFiles), null).reason())
        .isEqualTo("file_missing");
    assertThat(BundleCheck.verify(new byte[0], null).reason()).isEqualTo("archive_broken");
    assertThat(BundleCheck.verify("PK no zip".getBytes(StandardCharsets.US_ASCII), null).reason())
        .isEqualTo("archive_broken");
  }

  private static byte[] zip(String name, byte[] content, int method, int times) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < times; i++) {
        var entry = new ZipEntry(name);
        entry.setMethod(method);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static String any(SortedMap<String, byte[]> files, Random random) {
    return new ArrayList<>(files.keySet()).get(random.nextInt(files.size()));
  }
}
