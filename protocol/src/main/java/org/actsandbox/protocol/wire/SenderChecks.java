package org.actsandbox.protocol.wire;

import java.util.regex.Pattern;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/** Checks on who a message says it is from, and on the ids it brings. */
public final class SenderChecks {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,63}");

  private SenderChecks() {}

  /**
   * The claimed sender is the proven one.
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

  /** Ids others choose become keys here, so their form is bounded. */
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
   * A link id that need not be there.
   *
   * @throws Refusal {@code invalid_field}
   */
  public static void link(String field, @Nullable String value) {
    if (value != null) {
      requireId(field, value, Problem.INVALID_FIELD);
    }
  }
}
