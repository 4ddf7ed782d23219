package org.actsandbox.protocol.delegation;

import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The states of the credentials of one list, signed by the status service as {@code SignedJson}
 * says. Two bits each, so a list is fetched whole and tells the service nothing about which
 * credential is meant.
 *
 * @param ttlSeconds how long, by the world's clock, a copy is as good as the original
 * @param bits base64url; entry {@code i} stands in byte {@code i / 4}, lowest bits first
 */
public record StatusList(
    String listId,
    Instant issuedAt,
    int ttlSeconds,
    String bits,
    @Nullable String signerId,
    @Nullable String signatureType,
    @Nullable String signatureContent) {

  /** Entries of a list. */
  public static final int SIZE = 4096;

  /** Ours: a revocation that nobody could be told of is known a minute later at the latest. */
  public static final int TTL_SECONDS = 60;

  private static final DelegationState[] STATES = {
    DelegationState.ACTIVE,
    DelegationState.SUSPENDED,
    DelegationState.REVOKED,
    DelegationState.EXPIRED
  };

  /**
   * @param others the entries that are not active
   */
  public static StatusList of(String listId, Instant at, Map<Integer, DelegationState> others) {
    var bytes = new byte[SIZE / 4];
    others.forEach((index, state) -> bytes[index / 4] |= (byte) (code(state) << (index % 4 * 2)));
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
   * @throws IllegalArgumentException when the list is not readable or has no such entry
   */
  public DelegationState at(int index) {
    var bytes = Base64.getUrlDecoder().decode(bits);
    if (index < 0 || index / 4 >= bytes.length) {
      throw new IllegalArgumentException("the list has no entry " + index);
    }
    return STATES[bytes[index / 4] >> (index % 4 * 2) & 3];
  }

  private static int code(DelegationState state) {
    return switch (state) {
      case ACTIVE -> 0;
      case SUSPENDED -> 1;
      case REVOKED -> 2;
      case EXPIRED -> 3;
    };
  }
}
