package org.actsandbox.protocol.identity;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Who is calling, as far as the key shown proves it.
 *
 * @param subject the participant the key belongs to; null for nobody and for the operator
 */
public record Caller(Role role, @Nullable Did subject) {

  public static final Caller ANONYMOUS = new Caller(Role.ANONYMOUS, null);

  public Optional<Did> did() {
    return Optional.ofNullable(subject);
  }

  public boolean is(Role wanted) {
    return role == wanted;
  }

  /** The merchant's own key, and no other merchant's. */
  public boolean isMerchant(Did merchant) {
    return role == Role.MERCHANT && merchant.equals(subject);
  }

  /**
   * Passes only callers of one of the roles.
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
   * Passes only the key of {@code merchant}.
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
