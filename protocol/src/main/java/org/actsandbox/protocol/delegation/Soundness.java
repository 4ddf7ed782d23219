package org.actsandbox.protocol.delegation;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether a payload that came from outside holds what every authority must. */
final class Soundness {

  private Soundness() {}

  static boolean isSound(IacPayload payload) {
    return present(payload.delegationId())
        && present(payload.agentId())
        && present(payload.delegatorIdentity())
        && payload.validityStartTime() != null
        && payload.validityEndTime() != null
        && payload.validityStartTime().isBefore(payload.validityEndTime())
        && Amounts.amount(payload.maxTotalAmount(), payload.currencyCode())
        && (present(payload.intentId()) || payload.conversationHistory() != null)
        && (payload.userConfirmationMethod() == null)
            == (payload.userConfirmationTimestamp() == null)
        && limits(payload.bounds(), payload.currencyCode());
  }

  private static boolean limits(Extension ext, String currency) {
    var commerce = ext.commerceOrNone();
    var tolerance = ext.behaviorOrNone().priceDeviationTolerance();
    var reference = ext.privateOrNone().referenceAmount();
    return (commerce.maxSingleAmount() == null
            || Amounts.amount(commerce.maxSingleAmount(), currency))
        && (commerce.minSingleAmount() == null
            || Amounts.amount(commerce.minSingleAmount(), currency))
        && (tolerance == null || Amounts.percent(tolerance))
        && (reference == null || Amounts.amount(reference, currency))
        && ext.targetsOrNone().stream()
            .allMatch(target -> target != null && Objects.nonNull(target.kind()));
  }

  private static boolean present(@Nullable String text) {
    return text != null && !text.isBlank();
  }
}
