package org.actsandbox.sandbox.alipay.gateway;

import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Holds the switches of a world where Alipay's documents, demos and reports disagree. The defaults
 * are what the public demos expect; none is confirmed by Alipay (AIP-283 to AIP-300).
 *
 * @param approveAutomatically whether the cashier pays valid bills at once with the principal's
 *     opening PIN, for runs without a person; otherwise the principal decides at the cashier
 * @param emptySandboxFields whether verify answers empty order number and resource, as the real
 *     sandbox may (AIP-287)
 * @param clientSessionRequired whether verify refuses a missing client_session (AIP-286)
 * @param repeatedConfirm whether a second confirm succeeds (AIP-290)
 * @param verifyAfterConfirm whether verify still succeeds after confirm (AIP-290)
 * @param agentFindsPages whether the demo agent finds the sellers' pages of this profile
 * @param maxAmount highest amount of a bill in yuan (AIP-140)
 * @param alteredAnswer what verify answers wrongly, so that a seller's own comparison is seen
 * @param preparedAnswers refusals that the next calls get, to exercise every branch of a client
 */
public record AlipaySettings(
    @Nullable Boolean approveAutomatically,
    @Nullable Boolean emptySandboxFields,
    @Nullable Boolean clientSessionRequired,
    @Nullable Boolean repeatedConfirm,
    @Nullable Boolean verifyAfterConfirm,
    @Nullable Boolean agentFindsPages,
    @Nullable BigDecimal maxAmount,
    @Nullable AlteredAnswer alteredAnswer,
    @Nullable List<PreparedAnswer> preparedAnswers) {

  /**
   * Says how the next calls of a method are refused.
   *
   * @param times 1 to 1000
   */
  public record PreparedAnswer(String method, String subCode, int times) {}

  /** Lists what of an answer to verify can be wrong (AIP-12). */
  public enum AlteredAnswer {
    NONE,
    ACTIVE,
    AMOUNT,
    OUT_TRADE_NO,
    RESOURCE_ID,
    /** The answer is signed with a key that is not the platform's. */
    SIGNATURE;

    /** Returns the name on the wire, such as {@code out_trade_no}. */
    @JsonValue
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static final AlipaySettings DEFAULT =
      new AlipaySettings(
          false,
          false,
          false,
          false,
          false,
          false,
          new BigDecimal("50.00"),
          AlteredAnswer.NONE,
          List.of());

  /** Returns these settings with what {@code change} states. */
  AlipaySettings with(AlipaySettings change) {
    return new AlipaySettings(
        or(change.approveAutomatically, approveAutomatically),
        or(change.emptySandboxFields, emptySandboxFields),
        or(change.clientSessionRequired, clientSessionRequired),
        or(change.repeatedConfirm, repeatedConfirm),
        or(change.verifyAfterConfirm, verifyAfterConfirm),
        or(change.agentFindsPages, agentFindsPages),
        or(change.maxAmount, maxAmount),
        or(change.alteredAnswer, alteredAnswer),
        or(change.preparedAnswers, preparedAnswers));
  }

  private static <T> @Nullable T or(@Nullable T changed, @Nullable T current) {
    return changed == null ? current : changed;
  }

  public boolean approvesAutomatically() {
    return Boolean.TRUE.equals(approveAutomatically);
  }

  boolean emptiesFields() {
    return Boolean.TRUE.equals(emptySandboxFields);
  }

  boolean requiresClientSession() {
    return Boolean.TRUE.equals(clientSessionRequired);
  }

  boolean repeatsConfirm() {
    return Boolean.TRUE.equals(repeatedConfirm);
  }

  boolean verifiesAfterConfirm() {
    return Boolean.TRUE.equals(verifyAfterConfirm);
  }

  /** Returns whether the demo agent also buys the pages that the world's sellers bill this way. */
  public boolean showsPagesToAgent() {
    return Boolean.TRUE.equals(agentFindsPages);
  }

  public BigDecimal highestAmount() {
    return maxAmount == null ? new BigDecimal("50.00") : maxAmount;
  }

  AlteredAnswer altered() {
    return alteredAnswer == null ? AlteredAnswer.NONE : alteredAnswer;
  }

  public List<PreparedAnswer> prepared() {
    return preparedAnswers == null ? List.of() : preparedAnswers;
  }
}
