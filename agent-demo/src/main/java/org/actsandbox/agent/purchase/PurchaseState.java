package org.actsandbox.agent.purchase;

import java.util.EnumSet;
import java.util.Set;

/** The states of one purchase; each is stored before every call that has an effect. */
public enum PurchaseState {
  /** The signed cart is stored, and may have been sent. */
  PLANNED,
  /** The merchant holds price and stock. */
  HELD,
  /** The signed payment request is stored, and may have been sent. */
  REQUESTED,
  /** The cashier waits for the principal. */
  WAITING,
  PAID,
  DELIVERED,
  /** Price or stock were gone at the confirmation; nothing was ordered. */
  UNAVAILABLE,
  /** The principal declined, now or beforehand, closed the cashier or let it time out. */
  DECLINED,
  FAILED,
  /**
   * The purchase ended before payment, because of another part of the trip or at the principal's
   * wish.
   */
  RELEASED,
  /** The purchase was given back after payment. */
  RETURNED;

  /** The whole lifecycle: a move that is not listed here is a bug. */
  public Set<PurchaseState> successors() {
    return switch (this) {
      case PLANNED -> EnumSet.of(HELD, UNAVAILABLE, DECLINED, FAILED, RELEASED);
      case HELD -> EnumSet.of(REQUESTED, FAILED, RELEASED);
      case REQUESTED -> EnumSet.of(WAITING, PAID, DECLINED, FAILED, RELEASED);
      case WAITING -> EnumSet.of(PAID, DECLINED, FAILED, RELEASED);
      case PAID -> EnumSet.of(DELIVERED, FAILED, RETURNED);
      case DELIVERED -> EnumSet.of(RETURNED);
      case UNAVAILABLE, DECLINED, FAILED, RELEASED, RETURNED -> EnumSet.noneOf(PurchaseState.class);
    };
  }

  public boolean isOpen() {
    return this != DELIVERED && !successors().isEmpty();
  }

  /** Returns whether this end also spoils the purchases that belong together with it. */
  public boolean isBroken() {
    return this == UNAVAILABLE || this == DECLINED || this == FAILED;
  }

  /** Returns whether the amount counts as spent or reserved (CID-6, cumulative amount). */
  public boolean takesBudget() {
    return switch (this) {
      case HELD, REQUESTED, WAITING, PAID, DELIVERED -> true;
      case PLANNED, UNAVAILABLE, DECLINED, FAILED, RELEASED, RETURNED -> false;
    };
  }
}
