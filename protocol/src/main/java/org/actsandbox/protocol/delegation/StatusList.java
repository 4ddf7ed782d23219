package org.actsandbox.protocol.delegation;

import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The states of the credentials of one list, signed by the status service. {@code SignedJson}
 * defines the signature. Each state has two bits: 0 unassigned, 1 in force (Active inside its
 * window), 2 suspended, 3 ended (revoked or expired). A list is fetched as a whole, so that the
 * service does not learn which credential is checked.
 *
 * @param ttlSeconds time, by the world's clock, for which a copy may be used
 * @param bits base64url; entry {@code i} is in byte {@code i / 4}, lowest bits first
 */
public record StatusList(
    String listId,
    Instant issuedAt,
    int ttlSeconds,
    String bits,
    @Nullable String signerId,
    @Nullable String signatureType,
    @Nullable String signatureContent) {

  /** The number of entries of a list. */
  public static final int SIZE = 4096;

  /** Ours: if the message about a revocation is lost, it is known after a minute at the latest. */
  public static final int TTL_SECONDS = 60;

  private static final int UNASSIGNED = 0;
  private static final int IN_FORCE = 1;
  private static final int SUSPENDED = 2;
  private static final int ENDED = 3;

  /**
   * Makes an unsigned list.
   *
   * @param issued states by index; all other entries are unassigned
   */
  public static StatusList of(String listId, Instant at, Map<Integer, DelegationState> issued) {
    var bytes = new byte[SIZE / 4];
    issued.forEach((index, state) -> bytes[index / 4] |= (byte) (code(state) << (index % 4 * 2)));
    return new StatusList(
        listId,
        at,
        TTL_SECONDS,
        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
        null,
        null,
        null);
  }

  /**
   * Returns the state of an entry; empty if it belongs to no credential. An ended credential is
   * reported as revoked, because the credential itself says when it expires.
   *
   * @throws IllegalArgumentException if the list is not readable or has no such entry
   */
  public Optional<DelegationState> at(int index) {
    var bytes = Base64.getUrlDecoder().decode(bits);
    if (index < 0 || index / 4 >= bytes.length) {
      throw new IllegalArgumentException("the list has no entry " + index);
    }
    return switch (bytes[index / 4] >> (index % 4 * 2) & 3) {
      case UNASSIGNED -> Optional.empty();
      case IN_FORCE -> Optional.of(DelegationState.ACTIVE);
      case SUSPENDED -> Optional.of(DelegationState.SUSPENDED);
      default -> Optional.of(DelegationState.REVOKED);
    };
  }

  private static int code(DelegationState state) {
    return switch (state) {
      case ACTIVE -> IN_FORCE;
      case SUSPENDED -> SUSPENDED;
      case REVOKED, EXPIRED -> ENDED;
    };
  }
}
