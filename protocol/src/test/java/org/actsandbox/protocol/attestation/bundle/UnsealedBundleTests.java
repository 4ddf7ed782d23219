package org.actsandbox.protocol.attestation.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that the verifier finds every change by an attacker who cannot seal the bundle again. */
class UnsealedBundleTests {

  static Stream<Arguments> unsealed() {
    var manifest = BundleBuilder.MANIFEST;
    var all = new ArrayList<Arguments>();
    int size = BundlesToChange.ONE.bytes().length;
    for (int at : new int[] {0, 30, 200, size / 3, size / 2, size - 100, size - 10}) {
      all.add(bytes("bit flipped at " + at, bytes -> ArchiveVariants.flipped(bytes, at)));
    }
    all.addAll(
        List.of(
            bytes("byte appended", bytes -> Arrays.copyOf(bytes, bytes.length + 1)),
            bytes(
                "junk prepended",
                bytes -> ArchiveVariants.concat(new byte[] {'j', 'u', 'n', 'k'}, bytes)),
            bytes(
                "comment added",
                _ ->
                    ArchiveVariants.zip(
                        BundlesToChange.ONE.files(),
                        zip -> zip.setComment("x"),
                        ArchiveVariants.NORMAL)),
            bytes(
                "deflated",
                _ ->
                    ArchiveVariants.zip(
                        BundlesToChange.ONE.files(), _ -> {}, ArchiveVariants.DEFLATED)),
            bytes(
                "stored by another tool",
                _ ->
                    ArchiveVariants.zip(
                        BundlesToChange.ONE.files(), _ -> {}, ArchiveVariants.OTHER_TOOL)),
            bytes(
                "time changed",
                _ ->
                    ArchiveVariants.zip(
                        BundlesToChange.ONE.files(), _ -> {}, ArchiveVariants.LATER)),
            bytes("entries reversed", _ -> ArchiveVariants.reversed(BundlesToChange.ONE.files())),
            bytes("name ../x", bytes -> ArchiveVariants.renamed(bytes, "keys.json", "../x.json"))));
    all.addAll(
        List.of(
            one(
                "file added",
                files -> files.put("note.json", "{}".getBytes(StandardCharsets.UTF_8))),
            one(
                "file in folder added",
                files -> files.put("records/009-x.json", "{}".getBytes(StandardCharsets.UTF_8)))));
    for (var name : BundlesToChange.ONE.files().keySet()) {
      all.add(one("file removed: " + name, BundleChange.remove(name)));
      all.add(one("byte in " + name, BundleChange.byteIn(name)));
    }
    all.addAll(
        List.of(
            one(
                "two records swapped",
                BundleChange.swap(BundlesToChange.CART, BundlesToChange.PAID)),
            one(
                "approval of another order",
                BundleChange.from(BundlesToChange.TWO, BundleBuilder.APPROVAL)),
            one(
                "order of another order",
                BundleChange.from(BundlesToChange.TWO, BundleBuilder.ORDER)),
            one(
                "summary, order and bill of another",
                BundleChange.from(BundlesToChange.TWO, BundleBuilder.ORDER, BundleBuilder.BILL)),
            one("manifest of another bundle", BundleChange.from(BundlesToChange.TWO, manifest)),
            one("manifest: order_no", BundleChange.json(manifest, m -> m.put("order_no", "S-2"))),
            one("manifest: world", BundleChange.json(manifest, m -> m.put("world", "other"))),
            one(
                "manifest: as_of",
                BundleChange.json(manifest, m -> m.put("as_of", "2026-03-02T01:00:05Z"))),
            one(
                "manifest: keeper",
                BundleChange.json(manifest, m -> m.put("keeper", "did:act:shop"))),
            one(
                "manifest: signer",
                BundleChange.json(manifest, m -> m.put("signer_id", "did:act:shop#key-1"))),
            one(
                "manifest: type",
                BundleChange.json(manifest, m -> m.put("signature_type", "RSA2"))),
            one(
                "manifest: sandbox line removed",
                BundleChange.json(manifest, m -> m.remove("sandbox"))),
            one("manifest: unknown member", BundleChange.json(manifest, m -> m.put("more", "x"))),
            one(
                "manifest: signature flipped",
                BundleChange.json(manifest, m -> m.put("signature_content", "A".repeat(86)))),
            one(
                "manifest: signature padded",
                BundleChange.json(
                    manifest,
                    m ->
                        m.put(
                            "signature_content",
                            m.path("signature_content").stringValue() + "=="))),
            one(
                "manifest: an entry twice",
                BundleChange.json(
                    manifest, m -> m.withArray("files").add(m.path("files").path(0)))),
            one(
                "manifest: files reordered",
                BundleChange.json(
                    manifest,
                    m -> {
                      var first = m.withArray("files").remove(0);
                      m.withArray("files").add(first);
                    })),
            one(
                "manifest: pretty-printed",
                BundleChange.text(
                    manifest,
                    m ->
                        Json.mapper()
                            .writerWithDefaultPrettyPrinter()
                            .writeValueAsString(Json.parse(m)))),
            one("manifest: trailing newline", BundleChange.text(manifest, m -> m + "\n")),
            one("manifest: leading space", BundleChange.text(manifest, m -> " " + m)),
            one(
                "manifest: members in another order",
                BundleChange.text(manifest, BundleChange::reordered)),
            one(
                "manifest: a letter as escape",
                BundleChange.text(manifest, m -> m.replaceFirst("S-1", "\\\\u0053-1"))),
            one(
                "manifest: a number as fraction",
                BundleChange.text(
                    manifest, m -> m.replaceFirst("\"bytes\":([0-9]+)", "\"bytes\":$1.0"))),
            one(
                "manifest: duplicate key",
                BundleChange.text(manifest, m -> m.replaceFirst("\\{", "{\"order_no\":\"S-9\","))),
            one("manifest: byte order mark", BundleChange.text(manifest, m -> "\ufeff" + m)),
            one(
                "dispute: claim text",
                BundleChange.text(BundleBuilder.CLAIM, c -> c.replace("never", "often")))));
    return all.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unsealed")
  void aChangeWithoutANewSealIsFound(String name, byte[] mutated) {
    var report = BundleCheck.verify(mutated, null);
    assertThat(report.verified()).as(name).isFalse();
    assertThat(
            report.reason() != null || report.records().stream().anyMatch(r -> r.reason() != null))
        .as(name + " has a reason: " + report)
        .isTrue();
  }

  private static Arguments one(String name, BundleChange change) {
    return Arguments.of(name, BundlesToChange.changed(BundlesToChange.ONE, change));
  }

  private static Arguments bytes(String name, UnaryOperator<byte[]> change) {
    return Arguments.of(name, change.apply(BundlesToChange.ONE.bytes()));
  }
}
