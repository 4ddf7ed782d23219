package org.actsandbox.protocol.attestation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/** The standard attestation events (ACT TSD-1), in the order in which one can cause the next. */
public enum EventType {
  INTENT_CREATED("act:delegation:intent-created", false, false, false),
  DELEGATION_ISSUED("act:delegation:delegation-issued", true, false, false),
  DELEGATION_SUSPENDED("act:delegation:delegation-suspended", true, false, false),
  DELEGATION_RESUMED("act:delegation:delegation-resumed", true, false, false),
  DELEGATION_REVOKED("act:delegation:delegation-revoked", true, false, false),
  DELEGATION_EXPIRED("act:delegation:delegation-expired", true, false, false),
  DECISION_LOGGED("act:commerce:decision-logged", false, false, false),
  CART_CONFIRMED("act:commerce:cart-confirmed", false, true, false),
  TRANSACTION_COMPLETED("act:payment:transaction-completed", false, true, true),
  FULFILLMENT_COMPLETED("act:commerce:fulfillment-completed", false, true, true);

  private final String code;
  private final boolean delegation;
  private final boolean order;
  private final boolean trade;

  EventType(String code, boolean delegation, boolean order, boolean trade) {
    this.code = code;
    this.delegation = delegation;
    this.order = order;
    this.trade = trade;
  }

  /** {@code act:commerce:cart-confirmed}. */
  @JsonValue
  public String code() {
    return code;
  }

  /**
   * @throws IllegalArgumentException for what is no standard event
   */
  @JsonCreator
  public static EventType of(String code) {
    return find(code).orElseThrow(() -> new IllegalArgumentException("no standard event: " + code));
  }

  public static Optional<EventType> find(String code) {
    return Arrays.stream(values()).filter(each -> each.code.equals(code)).findFirst();
  }

  /** The last part: {@code cart-confirmed}. */
  public String shortName() {
    return code.substring(code.lastIndexOf(':') + 1);
  }

  /** Which conditional identifiers the event must carry (ACT TSD-2). */
  boolean isComplete(RecordLinks recordLinks) {
    return (!delegation || recordLinks.delegationId() != null)
        && (!order || recordLinks.orderNo() != null)
        && (!trade || recordLinks.tradeNo() != null);
  }
}
