package org.actsandbox.protocol.a402;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.Map;
import org.actsandbox.protocol.refusal.Refusal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the moves of trades with a copy of the table of ACT A402-8; all others are refused. */
class TransactionStateTests {

  /** Checks ACT A402-8.a and A402-8.b. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CREATE                  | PAYMENT_NEEDED_ISSUED:WAIT_BUYER_PAY
          WAIT_BUYER_PAY          | PAYMENT_VALIDATED:WAIT_SELLER_FULFILLMENT PAYMENT_TERMINATED:TRADE_CLOSED TRADE_TERMINATED:TRADE_CLOSED
          WAIT_SELLER_FULFILLMENT | DELIVERY_COMMITTED:WAIT_BUYER_RECEIPT COMPENSATION_COMPLETED:TRADE_CLOSED TRADE_TERMINATED:TRADE_CLOSED
          WAIT_BUYER_RECEIPT      | FULFILLMENT_CONFIRMED:TRADE_FINISHED COMPENSATION_COMPLETED:TRADE_CLOSED TRADE_TERMINATED:TRADE_CLOSED
          TRADE_FINISHED          | ''
          TRADE_CLOSED            | ''
          """)
  void followsTheTable(TransactionState from, String row) {
    Map<TradeEvent, TransactionState> moves = new EnumMap<>(TradeEvent.class);
    for (var move : row.split(" ", -1)) {
      if (!move.isEmpty()) {
        int colon = move.indexOf(':');
        moves.put(
            TradeEvent.valueOf(move.substring(0, colon)),
            TransactionState.valueOf(move.substring(colon + 1)));
      }
    }
    for (var event : TradeEvent.values()) {
      if (moves.containsKey(event)) {
        assertThat(from.move(event)).isEqualTo(moves.get(event));
      } else {
        assertThatThrownBy(() -> from.move(event)).isInstanceOf(Refusal.class);
      }
    }
    assertThat(from.isFinal()).isEqualTo(moves.isEmpty());
  }
}
