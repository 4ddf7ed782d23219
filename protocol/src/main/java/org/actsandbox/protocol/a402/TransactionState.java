package org.actsandbox.protocol.a402;

import java.util.Optional;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;

/** Lists the six states of a trade, with the table of all moves between them (ACT A402-8). */
public enum TransactionState {
  CREATE,
  WAIT_BUYER_PAY,
  WAIT_SELLER_FULFILLMENT,
  WAIT_BUYER_RECEIPT,
  TRADE_FINISHED,
  TRADE_CLOSED;

  /** Returns the state after {@code event}; empty if the table has no such move. */
  public Optional<TransactionState> on(TradeEvent event) {
    return Optional.ofNullable(
        switch (this) {
          case CREATE -> event == TradeEvent.PAYMENT_NEEDED_ISSUED ? WAIT_BUYER_PAY : null;
          case WAIT_BUYER_PAY ->
              switch (event) {
                case PAYMENT_VALIDATED -> WAIT_SELLER_FULFILLMENT;
                case PAYMENT_TERMINATED, TRADE_TERMINATED -> TRADE_CLOSED;
                default -> null;
              };
          case WAIT_SELLER_FULFILLMENT ->
              switch (event) {
                case DELIVERY_COMMITTED -> WAIT_BUYER_RECEIPT;
                case COMPENSATION_COMPLETED, TRADE_TERMINATED -> TRADE_CLOSED;
                default -> null;
              };
          case WAIT_BUYER_RECEIPT ->
              switch (event) {
                case FULFILLMENT_CONFIRMED -> TRADE_FINISHED;
                case COMPENSATION_COMPLETED, TRADE_TERMINATED -> TRADE_CLOSED;
                default -> null;
              };
          case TRADE_FINISHED, TRADE_CLOSED -> null;
        });
  }

  public boolean isFinal() {
    return this == TRADE_FINISHED || this == TRADE_CLOSED;
  }

  /**
   * Returns the state after {@code event}.
   *
   * @throws Refusal {@code illegal_transition} if the table has no such move
   */
  public TransactionState move(TradeEvent event) {
    return on(event)
        .orElseThrow(
            () ->
                new Refusal(
                        Problem.ILLEGAL_TRANSITION,
                        "a trade in %s does not take %s".formatted(this, event))
                    .remedy("query the trade before trying again"));
  }
}
