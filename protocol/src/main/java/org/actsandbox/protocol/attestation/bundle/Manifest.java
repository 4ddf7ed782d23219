package org.actsandbox.protocol.attestation.bundle;

import java.time.Instant;
import java.util.List;
import org.actsandbox.protocol.identity.Did;
import org.jspecify.annotations.Nullable;

/**
 * What is in a bundle, in its canonical form, signed by the keeper of the chain as {@code
 * SignedJson} says.
 *
 * @param asOf of the tree head in it
 * @param files all others, by name
 */
public record Manifest(
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

  /** So that nobody takes it for more than it is. */
  public static final String SANDBOX =
      "Made by ACT Sandbox: a simulation, no real payment, no official document.";

  /**
   * @param digest {@code sha-256:} and base64url
   */
  public record Entry(String name, long bytes, String digest) {}

  public Manifest {
    files = List.copyOf(files);
  }
}
