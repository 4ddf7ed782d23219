package org.actsandbox.protocol.attestation.bundle;

import static org.actsandbox.protocol.attestation.bundle.BundleFiles.*;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.actsandbox.protocol.a402.Fingerprint;
import org.actsandbox.protocol.attestation.KeyPeriods;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.identity.VerificationKey;
import org.actsandbox.protocol.json.Canonical;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Refusal;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The files of a bundle under a seal that holds: all that the manifest lists and nothing else, each
 * in its one spelling.
 */
final class SealedFiles {

  private final SortedMap<String, byte[]> files;
  private final TrustAnchors anchors;
  private final Manifest manifest;
  private final KeyPeriods keys;
  private final VerificationKey keeperKey;

  static SealedFiles read(byte[] archive, TrustAnchors anchors) throws BundleRefused {
    return new SealedFiles(BundleArchive.read(archive), anchors);
  }

  private SealedFiles(SortedMap<String, byte[]> files, TrustAnchors anchors) throws BundleRefused {
    this.files = files;
    this.anchors = anchors;
    var raw = json(MANIFEST);
    if (!raw.path("format").asString("").equals(Manifest.FORMAT)) {
      throw new BundleRefused("manifest_unknown", "this version reads " + Manifest.FORMAT);
    }
    this.manifest = bind(MANIFEST, raw, Manifest.class);
    // The cheap comparison first: most files that are no bundle end here.
    compareFiles();
    this.keys = readKeys();
    this.keeperKey = sealedBy(raw);
    requireOneSpelling();
  }

  Manifest manifest() {
    return manifest;
  }

  /** What signatures in the bundle are verified with. */
  KeyPeriods keys() {
    return keys;
  }

  /** The key of the seal. */
  VerificationKey keeperKey() {
    return keeperKey;
  }

  SortedMap<String, byte[]> files() {
    return files;
  }

  boolean has(String name) {
    return files.containsKey(name);
  }

  /** The names in a folder, in their order. */
  List<String> folder(String folder) {
    return files.tailMap(folder).keySet().stream()
        .takeWhile(name -> name.startsWith(folder))
        .toList();
  }

  /**
   * Those given from outside where there are any; the bundle's own must be readable all the same.
   */
  private KeyPeriods readKeys() throws BundleRefused {
    try {
      var own = KeyPeriods.parse(file(KEYS));
      if (!Arrays.equals(Canonical.bytes(own.json()), file(KEYS))) {
        throw new BundleRefused("file_respelled", KEYS + " is not in its canonical form");
      }
      var identities = anchors.identities();
      return identities == null ? own : identities.keys();
    } catch (IllegalArgumentException unreadable) {
      throw new BundleRefused("keys_unreadable", KEYS + ": " + unreadable.getMessage());
    }
  }

  /** Every JSON file is in its RFC 8785 form, or its bytes are fixed by a digest in a record. */
  private void requireOneSpelling() throws BundleRefused {
    for (var file : files.entrySet()) {
      var name = file.getKey();
      if (!name.endsWith(".json") || isAsSigned(name)) {
        continue;
      }
      boolean same;
      try {
        same = Arrays.equals(Canonical.bytes(json(name)), file.getValue());
      } catch (IllegalArgumentException unsafe) {
        same = false;
      }
      if (!same) {
        throw new BundleRefused(
            "file_respelled", name + " is not in its canonical form (RFC 8785)");
      }
    }
  }

  private static boolean isAsSigned(String name) {
    return AS_SIGNED.stream()
        .anyMatch(paper -> name.matches(paper.replace(".json", "(-[0-9]+)?\\.json")));
  }

  private VerificationKey sealedBy(JsonNode raw) throws BundleRefused {
    var key =
        Optional.ofNullable(manifest.signerId())
            .flatMap(signer -> keys.find(signer, manifest.asOf()))
            .orElseThrow(
                () ->
                    new BundleRefused(
                        "seal_key_missing",
                        "the key that sealed the bundle is not in "
                            + (anchors.identities() == null ? KEYS : "the identities given")));
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
    for (var entry : manifest.files()) {
      if (listed.put(entry.name(), entry) != null) {
        throw new BundleRefused("file_unlisted", entry.name() + " stands twice in the manifest");
      }
    }
    var order = manifest.files().stream().map(Manifest.Entry::name).toList();
    if (!order.equals(order.stream().sorted().toList())) {
      throw new BundleRefused("file_unlisted", "the manifest does not list the files by name");
    }
    for (var file : files.entrySet()) {
      if (file.getKey().equals(MANIFEST)) {
        continue;
      }
      var entry = listed.remove(file.getKey());
      if (entry == null) {
        throw new BundleRefused("file_unlisted", file.getKey() + " is not in the manifest");
      }
      if (!entry.digest().equals(Fingerprint.digest(file.getValue()))
          || entry.bytes() != file.getValue().length) {
        throw new BundleRefused("file_changed", file.getKey() + " is not as it was sealed");
      }
    }
    if (!listed.isEmpty()) {
      throw new BundleRefused("file_missing", listed.keySet().iterator().next() + " is missing");
    }
  }

  byte[] file(String name) throws BundleRefused {
    var bytes = files.get(name);
    if (bytes == null) {
      throw new BundleRefused("file_missing", name + " is missing");
    }
    return bytes;
  }

  JsonNode json(String name) throws BundleRefused {
    try {
      return Json.parse(file(name));
    } catch (JacksonException notJson) {
      throw new BundleRefused("file_unreadable", name + " is not JSON");
    }
  }

  /** The file as {@code type}, which knows everything in it. */
  <T> T bind(String name, Class<T> type) throws BundleRefused {
    return bind(name, json(name), type);
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
