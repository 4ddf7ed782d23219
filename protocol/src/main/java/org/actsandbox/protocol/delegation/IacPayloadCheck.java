package org.actsandbox.protocol.delegation;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Checks that the payload of a received credential has all that every authority must have. */
final class IacPayloadCheck {

  private IacPayloadCheck() {}

  static boolean isComplete(IacPayload payload) {
    return isPresent(payload.delegationId())
        && isPresent(payload.agentId())
        && isPresent(payload.delegatorIdentity())
        && payload.validityStartTime() != null
        && payload.validityEndTime() != null
        && payload.validityStartTime().isBefore(payload.validityEndTime())
        && AmountChecks.isAmount(payload.maxTotalAmount(), payload.currencyCode())
        && (isPresent(payload.intentId()) || payload.conversationHistory() != null)
        && (payload.userConfirmationMethod() == null)
            == (payload.userConfirmationTimestamp() == null)
        && hasValidLimits(payload.bounds(), payload.currencyCode());
  }

  private static boolean hasValidLimits(Extension ext, String currency) {
    var commerce = ext.commerceOrNone();
    var tolerance = ext.behaviorOrNone().priceDeviationTolerance();
    var reference = ext.privateOrNone().referenceAmount();
    return (commerce.maxSingleAmount() == null
            || AmountChecks.isAmount(commerce.maxSingleAmount(), currency))
        && (commerce.minSingleAmount() == null
            || AmountChecks.isAmount(commerce.minSingleAmount(), currency))
        && (tolerance == null || AmountChecks.isPercentage(tolerance))
        && (reference == null || AmountChecks.isAmount(reference, currency))
        && ext.targetsOrNone().stream()
            .allMatch(target -> target != null && Objects.nonNull(target.kind()));
  }

  private static boolean isPresent(@Nullable String text) {
    return text != null && !text.isBlank();
  }
}
