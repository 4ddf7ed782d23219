package org.actsandbox.protocol.wire;

import java.util.regex.Pattern;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/** Checks the claimed sender of a message and the form of its ids. */
public final class SenderChecks {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,63}");

  private SenderChecks() {}

  /**
   * Requires that the claimed sender is the signer.
   *
   * @throws Refusal {@code problem}
   */
  public static void requireSigner(Did signer, String claimed, Problem problem) {
    if (!signer.value().equals(claimed)) {
      throw new Refusal(problem, "the message is not signed by the sender that it names")
          .at("agent_id")
          .expected(signer.value())
          .observed(claimed);
    }
  }

  /**
   * Requires the form of an id. Ids of other participants become database keys here, so their
   * length and characters are limited.
   *
   * @throws Refusal {@code problem}
   */
  public static String requireId(String field, String value, Problem problem) {
    if (value != null && !ID.matcher(value).matches()) {
      throw new Refusal(problem, field + " is not an id")
          .at(field)
          .expected("1 to 64 of A-Z a-z 0-9 . _ : -")
          .observed(value);
    }
    return value;
  }

  /**
   * Checks a link id if there is one.
   *
   * @throws Refusal {@code invalid_field}
   */
  public static void checkOptionalId(String field, @Nullable String value) {
    if (value != null) {
      requireId(field, value, Problem.INVALID_FIELD);
    }
  }
}
