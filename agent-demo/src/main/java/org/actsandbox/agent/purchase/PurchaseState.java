package org.actsandbox.agent.purchase;

import java.util.EnumSet;
import java.util.Set;

/** How far one purchase is; stored before every call that has an effect. */
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
  /** The principal said no, had said so beforehand, closed the cashier or let it time out. */
  DECLINED,
  FAILED,
  /** Given up before payment, because of another part of the trip or at the principal's wish. */
  RELEASED,
  /** Given back after payment. */
  RETURNED;

  /** The whole lifecycle: a move not listed here is a bug. */
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

  /** Ends that spoil the purchases bought together with it. */
  public boolean isBroken() {
    return this == UNAVAILABLE || this == DECLINED || this == FAILED;
  }

  /** Counts as spent, or about to be (CID-6 cumulative amount). */
  public boolean takesBudget() {
    return switch (this) {
      case HELD, REQUESTED, WAITING, PAID, DELIVERED -> true;
      case PLANNED, UNAVAILABLE, DECLINED, FAILED, RELEASED, RETURNED -> false;
    };
  }
}
