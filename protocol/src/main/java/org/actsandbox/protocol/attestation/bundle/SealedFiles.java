package org.actsandbox.protocol.attestation.bundle;

import static org.actsandbox.protocol.attestation.bundle.BundleBuilder.*;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.attestation.KeyPeriods;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.identity.VerificationKey;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Refusal;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The files of a bundle after its seal was verified: exactly the files that the manifest lists,
 * each in its only valid spelling.
 */
final class SealedFiles {

  private final SortedMap<String, byte[]> files;
  private final TrustAnchors anchors;
  private final BundleManifest manifest;
  private final KeyPeriods keys;
  private final VerificationKey keeperKey;

  static SealedFiles read(byte[] archive, TrustAnchors anchors) throws InvalidBundleException {
    return new SealedFiles(BundleArchive.read(archive), anchors);
  }

  private SealedFiles(SortedMap<String, byte[]> files, TrustAnchors anchors)
      throws InvalidBundleException {
    this.files = files;
    this.anchors = anchors;
    var raw = json(MANIFEST);
    if (!raw.path("format").asString("").equals(BundleManifest.FORMAT)) {
      throw new InvalidBundleException(
          "manifest_unknown", "this version reads " + BundleManifest.FORMAT);
    }
    this.manifest = bind(MANIFEST, raw, BundleManifest.class);
    // The cheap comparison comes first, because most invalid files already fail here.
    compareFiles();
    this.keys = readKeys();
    this.keeperKey = verifySeal(raw);
    requireCanonicalJson();
  }

  BundleManifest manifest() {
    return manifest;
  }

  /** Returns the keys with which the signatures in the bundle are verified. */
  KeyPeriods keys() {
    return keys;
  }

  /** Returns the key that sealed the bundle. */
  VerificationKey keeperKey() {
    return keeperKey;
  }

  SortedMap<String, byte[]> files() {
    return files;
  }

  boolean has(String name) {
    return files.containsKey(name);
  }

  /** Returns the sorted names of the files in a folder. */
  List<String> folder(String folder) {
    return files.tailMap(folder).keySet().stream()
        .takeWhile(name -> name.startsWith(folder))
        .toList();
  }

  /**
   * Returns the keys that were given from outside, or else the bundle's own, which must be readable
   * in either case.
   */
  private KeyPeriods readKeys() throws InvalidBundleException {
    try {
      var own = KeyPeriods.parse(file(KEYS));
      if (!Arrays.equals(CanonicalJson.bytes(own.json()), file(KEYS))) {
        throw new InvalidBundleException("file_respelled", KEYS + " is not in its canonical form");
      }
      var given = anchors.identities();
      return given == null ? own : given.keys();
    } catch (IllegalArgumentException unreadable) {
      throw new InvalidBundleException("keys_unreadable", KEYS + ": " + unreadable.getMessage());
    }
  }

  /**
   * Requires the RFC 8785 form of every JSON file, except those of which a record has the digest.
   */
  private void requireCanonicalJson() throws InvalidBundleException {
    for (var file : files.entrySet()) {
      var name = file.getKey();
      if (!name.endsWith(".json") || keepsSignedBytes(name)) {
        continue;
      }
      boolean same;
      try {
        same = Arrays.equals(CanonicalJson.bytes(json(name)), file.getValue());
      } catch (IllegalArgumentException unsafe) {
        same = false;
      }
      if (!same) {
        throw new InvalidBundleException(
            "file_respelled", name + " is not in its canonical form (RFC 8785)");
      }
    }
  }

  private static boolean keepsSignedBytes(String name) {
    return AS_SIGNED.stream()
        .anyMatch(paper -> name.matches(paper.replace(".json", "(-[0-9]+)?\\.json")));
  }

  private VerificationKey verifySeal(JsonNode raw) throws InvalidBundleException {
    var key =
        Optional.ofNullable(manifest.signerId())
            .flatMap(signer -> keys.find(signer, manifest.asOf()))
            .orElseThrow(
                () ->
                    new InvalidBundleException(
                        "seal_key_missing",
                        "the key that sealed the bundle is not in "
                            + (anchors.identities() == null ? KEYS : "the identities given")));
    try {
      if (SignedJson.verify(raw, signer -> Optional.of(key)).equals(manifest.keeper())) {
        return key;
      }
    } catch (Refusal notSigned) {
      throw new InvalidBundleException("seal_broken", "manifest.json: " + notSigned.detail());
    }
    throw new InvalidBundleException("seal_broken", "manifest.json is not signed by the keeper");
  }

  private void compareFiles() throws InvalidBundleException {
    Map<String, BundleManifest.Entry> listed = new LinkedHashMap<>();
    for (var entry : manifest.files()) {
      if (listed.put(entry.name(), entry) != null) {
        throw new InvalidBundleException(
            "file_unlisted", entry.name() + " stands twice in the manifest");
      }
    }
    var order = manifest.files().stream().map(BundleManifest.Entry::name).toList();
    if (!order.equals(order.stream().sorted().toList())) {
      throw new InvalidBundleException(
          "file_unlisted", "the manifest does not list the files by name");
    }
    for (var file : files.entrySet()) {
      if (file.getKey().equals(MANIFEST)) {
        continue;
      }
      var entry = listed.remove(file.getKey());
      if (entry == null) {
        throw new InvalidBundleException(
            "file_unlisted", file.getKey() + " is not in the manifest");
      }
      if (!entry.digest().equals(RequestFingerprint.digest(file.getValue()))
          || entry.bytes() != file.getValue().length) {
        throw new InvalidBundleException(
            "file_changed", file.getKey() + " is not as it was sealed");
      }
    }
    if (!listed.isEmpty()) {
      throw new InvalidBundleException(
          "file_missing", listed.keySet().iterator().next() + " is missing");
    }
  }

  byte[] file(String name) throws InvalidBundleException {
    var bytes = files.get(name);
    if (bytes == null) {
      throw new InvalidBundleException("file_missing", name + " is missing");
    }
    return bytes;
  }

  JsonNode json(String name) throws InvalidBundleException {
    try {
      return Json.parse(file(name));
    } catch (JacksonException notJson) {
      throw new InvalidBundleException("file_unreadable", name + " is not JSON");
    }
  }

  /** Reads a file as {@code type} and refuses members that the type does not have. */
  <T> T bind(String name, Class<T> type) throws InvalidBundleException {
    return bind(name, json(name), type);
  }

  private static <T> T bind(String name, JsonNode tree, Class<T> type)
      throws InvalidBundleException {
    try {
      var bound = Json.read(tree, type);
      if (bound != null
          && Arrays.equals(CanonicalJson.bytes(Json.tree(bound)), CanonicalJson.bytes(tree))) {
        return bound;
      }
    } catch (JacksonException | IllegalArgumentException | NullPointerException unreadable) {
      throw new InvalidBundleException("file_unreadable", name + " has another form");
    }
    throw new InvalidBundleException(
        "file_unreadable", name + " says something this version does not know");
  }
}
