package org.actsandbox.sandbox.doctor.diagnosis;

import java.util.List;
import org.actsandbox.protocol.refusal.ByteDifference;
import org.jspecify.annotations.Nullable;

/**
 * Is what the examination of one signature found.
 *
 * @param subject what was signed: {@code message}, {@code token}, {@code record} and the like
 * @param path where it stands in the examined text; empty for the text itself
 * @param causes the cause, or several that nothing separates, the likeliest first; empty for a
 *     signature that verifies
 * @param claimedKey the key that the message names; empty for none
 * @param signedBy the key that made the signature; null if no known key did
 * @param opened what an RSA signature holds; null where it does not open, and for other algorithms
 * @param expected the text that the signature must cover
 * @param signed the text that was signed; null if it is not known
 * @param difference the first byte that differs; null unless both texts are known and differ
 * @param sdk the program library that made the message, such as {@code java}; empty if it does not
 *     show
 * @param tried how many pairs of a key and a text were compared
 * @param complete false if the limit of comparisons ended the search
 */
public record Diagnosis(
    String subject,
    String path,
    Outcome outcome,
    List<NamedCause> causes,
    String claimedKey,
    @Nullable String signedBy,
    @Nullable OpenedSignature opened,
    @Nullable String expected,
    @Nullable String signed,
    @Nullable ByteDifference difference,
    String sdk,
    int tried,
    boolean complete) {

  /** Says whether the signature verifies, and if not, whether its cause is known. */
  public enum Outcome {
    VERIFIED,
    CAUSE_FOUND,
    NOT_SEPARABLE
  }

  /**
   * Is a cause with what is special about this case.
   *
   * @param detail a field, a key id or a value; empty for none
   */
  public record NamedCause(SignatureCause cause, String detail) {}

  public Diagnosis {
    causes = List.copyOf(causes);
  }

  /** Returns whether the signature is right and nothing else is wrong with the message. */
  public boolean isFaultless() {
    return causes.isEmpty();
  }
}
