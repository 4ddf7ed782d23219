package org.actsandbox.sandbox.edge.fault;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.operation.Operation;
import org.actsandbox.sandbox.fault.Faults;
import org.actsandbox.sandbox.fault.MagicValue;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Finds the magic values in a request and the faults they ask for. */
final class MagicValueFinder {

  private static final SplittableRandom UNUSED = new SplittableRandom(0);

  private MagicValueFinder() {}

  /**
   * Returns the faults that the magic values ask for; a request without a magic value costs one
   * scan of its bytes.
   */
  static List<Faults.Decision> findIn(FaultContext faultContext) {
    if (faultContext.body().length == 0) {
      return List.of();
    }
    var place = place(faultContext);
    if (place == null || !contains(faultContext.body(), place.mark())) {
      return List.of();
    }
    var message = parsed(faultContext.body());
    var found = new ArrayList<Faults.Decision>();
    for (var magic : MagicValue.values()) {
      if (magic.place() == place && magic.isIn(message) && isDue(faultContext, magic, message)) {
        found.add(new Faults.Decision(magic.fault(), UNUSED));
      }
    }
    return found;
  }

  /**
   * Says whether the fault happens now: some magic values act on the first attempt only, so that a
   * retry succeeds.
   */
  private static boolean isDue(FaultContext faultContext, MagicValue magic, JsonNode message) {
    if (!magic.once()) {
      return true;
    }
    var request =
        switch (magic.place()) {
          case CART_NOTE, CARD -> message.path("request_id").asString("");
          case REFUND_AMOUNT -> message.path("refund_request_id").asString("");
          case PIN -> faultContext.surface().path();
        };
    return faultContext.world().faults().isFirst(magic, request);
  }

  private static MagicValue.@org.jspecify.annotations.Nullable Place place(
      FaultContext faultContext) {
    return switch (Operation.find(faultContext.method(), faultContext.surface().path())) {
      case CART -> MagicValue.Place.CART_NOTE;
      case PAY -> MagicValue.Place.CARD;
      case REFUND -> MagicValue.Place.REFUND_AMOUNT;
      case APPROVAL -> MagicValue.Place.PIN;
      default -> null;
    };
  }

  private static JsonNode parsed(byte[] body) {
    try {
      return Json.parse(body);
    } catch (JacksonException notJson) {
      return Json.object();
    }
  }

  private static boolean contains(byte[] body, String mark) {
    var wanted = mark.getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i <= body.length - wanted.length; i++) {
      int j = 0;
      while (j < wanted.length && body[i + j] == wanted[j]) {
        j++;
      }
      if (j == wanted.length) {
        return true;
      }
    }
    return false;
  }
}
