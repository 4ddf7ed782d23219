package org.actsandbox.protocol.attestation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/** Lists the standard attestation events (ACT TSD-1); an event can only cause later ones. */
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
  private final boolean needsDelegation;
  private final boolean needsOrder;
  private final boolean needsTrade;

  EventType(String code, boolean needsDelegation, boolean needsOrder, boolean needsTrade) {
    this.code = code;
    this.needsDelegation = needsDelegation;
    this.needsOrder = needsOrder;
    this.needsTrade = needsTrade;
  }

  /** Returns the name on the wire, such as {@code act:commerce:cart-confirmed}. */
  @JsonValue
  public String code() {
    return code;
  }

  /**
   * @throws IllegalArgumentException if there is no standard event of that code
   */
  @JsonCreator
  public static EventType of(String code) {
    return find(code).orElseThrow(() -> new IllegalArgumentException("no standard event: " + code));
  }

  public static Optional<EventType> find(String code) {
    return Arrays.stream(values()).filter(each -> each.code.equals(code)).findFirst();
  }

  /** Returns the last part of the code, such as {@code cart-confirmed}. */
  public String shortName() {
    return code.substring(code.lastIndexOf(':') + 1);
  }

  /** Returns whether the links have every identifier that this event must carry (ACT TSD-2). */
  boolean isComplete(RecordLinks links) {
    return (!needsDelegation || links.delegationId() != null)
        && (!needsOrder || links.orderNo() != null)
        && (!needsTrade || links.tradeNo() != null);
  }
}
