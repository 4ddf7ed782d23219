package org.actsandbox.protocol.identity;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * The caller of a request, as far as its key proves it.
 *
 * @param subject the participant to which the key belongs; null for a call without a key and for
 *     the operator
 */
public record Caller(Role role, @Nullable Did subject) {

  /** A caller without a key. */
  public static final Caller ANONYMOUS = new Caller(Role.ANONYMOUS, null);

  public Optional<Did> did() {
    return Optional.ofNullable(subject);
  }

  public boolean is(Role wanted) {
    return role == wanted;
  }

  /** Returns whether the key belongs to this merchant. */
  public boolean isMerchant(Did merchant) {
    return role == Role.MERCHANT && merchant.equals(subject);
  }

  /**
   * Refuses callers of other roles, and returns this caller.
   *
   * @throws Refusal {@code key_missing} without any key, {@code key_forbidden} with another one
   */
  public Caller require(Role... allowed) {
    if (Arrays.asList(allowed).contains(role)) {
      return this;
    }
    throw refusal(
        Arrays.stream(allowed)
            .map(Role::code)
            .collect(Collectors.joining(" or ", "a key of role ", " of this world")));
  }

  /**
   * Refuses all keys but the key of {@code merchant}, and returns this caller.
   *
   * @throws Refusal {@code key_missing} without any key, {@code key_forbidden} with another one
   */
  public Caller requireMerchant(Did merchant) {
    if (isMerchant(merchant)) {
      return this;
    }
    throw refusal("the key of merchant " + merchant);
  }

  private Refusal refusal(String expected) {
    if (role == Role.ANONYMOUS) {
      return new Refusal(Problem.KEY_MISSING, "this needs a key")
          .at("Authorization")
          .expected(expected)
          .remedy("Send Authorization: Bearer with a key of that role.");
    }
    return new Refusal(Problem.KEY_FORBIDDEN, "a key of role " + role.code() + " may not do this")
        .at("Authorization")
        .expected(expected)
        .observed("role " + role.code());
  }
}
