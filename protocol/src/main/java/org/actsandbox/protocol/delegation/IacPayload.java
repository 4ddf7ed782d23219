package org.actsandbox.protocol.delegation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * The payload of an intent authorization credential (ACT ADD, the payload to sign): the delegator,
 * the agent, and the bounds of the authority.
 *
 * @param conversationHistory present only without an {@code intentId}
 * @param delegationMode absent means SPECIFIED
 * @param currency absent means CNY
 * @param allowedPaymentMethods absent means any
 * @param userConfirmationMethod present exactly with the timestamp
 * @param sourceIsrDigest digest of the RFC 8785 form of the ISR from which the fields were selected
 */
public record IacPayload(
    String delegationId,
    @Nullable String intentId,
    @Nullable ConversationHistory conversationHistory,
    String delegatorIdentity,
    String agentId,
    @Nullable DelegationMode delegationMode,
    Instant validityStartTime,
    Instant validityEndTime,
    BigDecimal maxTotalAmount,
    @Nullable String currency,
    @Nullable List<String> allowedPaymentMethods,
    @Nullable String userConfirmationMethod,
    @Nullable Instant userConfirmationTimestamp,
    @Nullable String sourceIsrDigest,
    @Nullable Extension ext) {

  /**
   * Selects the fields of authority from a complete ISR (ACT ADD-3). The user's words are left out
   * if there is an intent id, and so are the confirmation fields, because the user has not
   * confirmed yet.
   *
   * @throws Refusal {@code isr_incomplete} if questions are open (ADD-6)
   */
  public static IacPayload select(Isr isr, String delegationId, Did delegator, String isrDigest) {
    IsrCheck.requireComplete(isr);
    return new IacPayload(
        delegationId,
        isr.intentId(),
        isr.intentId() == null ? isr.conversationHistory() : null,
        delegator.value(),
        required("agent_id", isr.agentId()),
        isr.delegationMode(),
        required("validity_start_time", isr.validityStartTime()),
        required("validity_end_time", isr.validityEndTime()),
        required("max_total_amount", isr.maxTotalAmount()),
        isr.currency(),
        isr.allowedPaymentMethods(),
        null,
        null,
        isrDigest,
        isr.ext());
  }

  /** Returns this payload with the method and time of the user's confirmation. */
  public IacPayload confirmed(String method, Instant at) {
    return new IacPayload(
        delegationId,
        intentId,
        conversationHistory,
        delegatorIdentity,
        agentId,
        delegationMode,
        validityStartTime,
        validityEndTime,
        maxTotalAmount,
        currency,
        allowedPaymentMethods,
        method,
        at,
        sourceIsrDigest,
        ext);
  }

  @JsonIgnore
  public DelegationMode mode() {
    return delegationMode == null ? DelegationMode.SPECIFIED : delegationMode;
  }

  @JsonIgnore
  public String currencyCode() {
    return currency == null ? "CNY" : currency;
  }

  /** Returns the limit for all payments together. */
  @JsonIgnore
  public Money maxTotal() {
    return money(maxTotalAmount);
  }

  /** Converts an amount of this credential to money in the credential's currency. */
  public Money money(BigDecimal amount) {
    return Money.of(amount.toPlainString(), currencyCode());
  }

  @JsonIgnore
  public Optional<Money> maxSingle() {
    return Optional.ofNullable(bounds().commerceOrNone().maxSingleAmount()).map(this::money);
  }

  @JsonIgnore
  public Optional<Money> minSingle() {
    return Optional.ofNullable(bounds().commerceOrNone().minSingleAmount()).map(this::money);
  }

  /** Returns the extensions, which are empty if there are none. */
  @JsonIgnore
  public Extension bounds() {
    return ext == null ? Extension.NONE : ext;
  }

  private static <T> T required(String field, @Nullable T value) {
    if (value == null) {
      throw new Refusal(Problem.ISR_INCOMPLETE, field + " is missing").at(field);
    }
    return value;
  }
}
