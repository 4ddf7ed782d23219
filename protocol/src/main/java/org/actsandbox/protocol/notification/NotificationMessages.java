package org.actsandbox.protocol.notification;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Groups the notifications that are not about a payment; {@code PspMessages.Notification} is the
 * one that is. The service that sends one signs it; {@code SignedJson} defines the signature.
 */
public final class NotificationMessages {

  private NotificationMessages() {}

  /**
   * The delegation service's message to an agent about an authority.
   *
   * @param state state of the credential, or of the intent that became none
   */
  public record DelegationNotification(
      String notificationId,
      String event,
      String intentId,
      String delegationId,
      String agentId,
      String principalId,
      String state,
      Instant occurredAt,
      @Nullable String signerId,
      @Nullable String signatureType,
      @Nullable String signatureContent) {}

  /**
   * The dispute service's message to the merchant and the agent of a disputed payment.
   *
   * @param outTradeNo the merchant's order number
   * @param kind kind of claim
   * @param outcome present once it is decided
   * @param refund amount that the finding orders to refund; absent for none
   */
  public record DisputeNotification(
      String notificationId,
      String event,
      String disputeId,
      String tradeNo,
      String outTradeNo,
      String kind,
      @Nullable String outcome,
      @Nullable String refund,
      String currency,
      Instant occurredAt,
      @Nullable String signerId,
      @Nullable String signatureType,
      @Nullable String signatureContent) {}

  /** The payment service's message that tests an endpoint. */
  public record TestNotification(
      String notificationId,
      String event,
      String endpointId,
      Instant occurredAt,
      @Nullable String signerId,
      @Nullable String signatureType,
      @Nullable String signatureContent) {}
}
