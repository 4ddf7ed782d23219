package org.actsandbox.scenarios.record;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.actsandbox.protocol.operation.Operation;
import tools.jackson.databind.JsonNode;

/**
 * Puts requests that raced into an order that can be played one after another: carts for the last
 * seat, or payments for the last of a budget. The journal lists exchanges in the order of their
 * answers, and a loser may be answered before the winner.
 */
final class RaceOrder {

  /** Ours: the real time within which two requests may have been processed at the same time. */
  private static final Duration RACE_TIME = Duration.ofSeconds(5);

  private RaceOrder() {}

  /** Moves each loser of a race behind the winners to which it lost. */
  static List<JsonNode> playable(List<JsonNode> entries) {
    List<JsonNode> result = new ArrayList<>(entries);
    for (int at = result.size() - 1; at >= 0; at--) {
      var entry = result.get(at);
      if (isCart(entry, 409) || isPayment(entry, "cumulative_limit_exceeded")) {
        int winner = lastWinner(result, at);
        if (winner > at) {
          result.remove(at);
          result.add(winner, entry);
        }
      }
    }
    return result;
  }

  private static int lastWinner(List<JsonNode> entries, int loser) {
    var lost = entries.get(loser);
    int winner = loser;
    for (int next = loser + 1; next < entries.size(); next++) {
      var entry = entries.get(next);
      if (entry.path("kind").asString().equals("CLOCK")
          || recorded(entry).isAfter(recorded(lost).plus(RACE_TIME))) {
        return winner;
      }
      if ((isCart(entry, 201) || isPayment(entry, "")) && prize(entry).equals(prize(lost))) {
        winner = next;
      }
    }
    return winner;
  }

  private static boolean isCart(JsonNode entry, int status) {
    return entry.path("event").asString().equals(Operation.CART.event())
        && entry.at("/data/status").asInt() == status;
  }

  private static boolean isPayment(JsonNode entry, String code) {
    return RecordedExchange.of(entry)
        .filter(each -> !each.delegatedMode().isEmpty() && !each.isLost())
        .filter(each -> each.code().equals(code))
        .isPresent();
  }

  /** Returns the id of what the requests compete for: an offer, or an authority. */
  private static String prize(JsonNode entry) {
    var body = entry.at("/data/request_body/json");
    return body.at("/lines/0/offer_id").asString(body.path("delegation_id").asString(""));
  }

  private static Instant recorded(JsonNode entry) {
    return Instant.parse(entry.path("recorded_at").asString());
  }
}
