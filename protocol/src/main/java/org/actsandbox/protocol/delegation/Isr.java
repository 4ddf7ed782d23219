package org.actsandbox.protocol.delegation;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The intent structured result: the user's wish with its bounds. A draft may lack any field; {@link
 * IsrCheck} finds the questions that must be answered before it can become an authority.
 *
 * @param maxTotalAmount at most two decimals
 * @param allowedPaymentMethods kinds of account and method ids, see {@link
 *     org.actsandbox.protocol.commerce.PaymentMethods}
 * @param userConfirmationTimestamp present exactly with the confirmation method
 */
public record Isr(
    @Nullable ConversationHistory conversationHistory,
    @Nullable String intentId,
    @Nullable DelegationMode delegationMode,
    @Nullable Instant validityStartTime,
    @Nullable Instant validityEndTime,
    @Nullable BigDecimal maxTotalAmount,
    @Nullable String currency,
    @Nullable List<String> allowedPaymentMethods,
    @Nullable String agentId,
    @Nullable String userConfirmationMethod,
    @Nullable Instant userConfirmationTimestamp,
    @Nullable Extension ext) {

  public Extension extOrNone() {
    return ext == null ? Extension.NONE : ext;
  }
}
