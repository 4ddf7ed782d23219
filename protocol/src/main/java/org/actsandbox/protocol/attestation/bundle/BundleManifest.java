package org.actsandbox.protocol.attestation.bundle;

import java.time.Instant;
import java.util.List;
import org.actsandbox.protocol.identity.Did;
import org.jspecify.annotations.Nullable;

/**
 * The list of the files of a bundle, signed by the keeper of the chain. {@code SignedJson} defines
 * the signature.
 *
 * @param asOf time of the bundle's tree head
 * @param files all files but the manifest, sorted by name
 */
public record BundleManifest(
    String format,
    String sandbox,
    String world,
    String orderNo,
    Did keeper,
    Instant asOf,
    List<Entry> files,
    @Nullable String signerId,
    @Nullable String signatureType,
    @Nullable String signatureContent) {

  public static final String FORMAT = "act-sandbox-evidence/2";

  /** Tells readers that the bundle is from a simulation. */
  public static final String SANDBOX =
      "Made by ACT Sandbox: a simulation, no real payment, no official document.";

  /**
   * @param digest {@code sha-256:} and base64url
   */
  public record Entry(String name, long bytes, String digest) {}

  public BundleManifest {
    files = List.copyOf(files);
  }
}
