package org.actsandbox.sandbox.control;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.actsandbox.merchants.Disturbance;
import org.actsandbox.merchants.PriceChange;
import org.actsandbox.merchants.endpoint.Merchant;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.ValueCheckedRequest;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Changes stock and prices as another buyer or the merchant's own staff would. */
@RestController
class DisturbanceEndpoint {

  private static final int MAX_ID = 200;
  private static final List<String> TYPES = List.of("price_moved", "sold_out", "stock_set");

  /**
   * Represents the request body for a change of a price or a stock.
   *
   * @param type price_moved, sold_out or stock_set
   * @param percent for price_moved: -90 to 1000
   * @param left for stock_set: 0 to 1,000,000
   */
  record DisturbanceOrder(
      String type,
      @Nullable String item,
      @Nullable String offer,
      @Nullable BigDecimal percent,
      @Nullable Integer left)
      implements ValueCheckedRequest {

    @Override
    public void checkValues(MistakeCollector mistakes) {
      mistakes.oneOf("type", type, TYPES);
      mistakes.text("item", item, MAX_ID);
      mistakes.text("offer", offer, MAX_ID);
      mistakes.checkPresent(percent, _ -> checkedChange());
      mistakes.checkPresent(left, _ -> checkedLeft());
    }

    Disturbance checked() {
      var target = offer == null ? item : offer;
      if (target == null || target.isBlank() || target.length() > MAX_ID) {
        throw FieldChecks.invalid("item", "the id of an item or an offer", target);
      }
      return switch (type) {
        case "price_moved" -> new Disturbance.PriceMoved(target, checkedChange());
        case "sold_out" -> new Disturbance.SoldOut(target);
        case "stock_set" -> new Disturbance.StockSet(target, checkedLeft());
        default -> throw FieldChecks.invalid("type", "price_moved, sold_out or stock_set", type);
      };
    }

    private PriceChange checkedChange() {
      if (percent == null
          || percent.scale() > 4
          || percent.scale() < -4
          || percent.compareTo(new BigDecimal(-90)) < 0
          || percent.compareTo(new BigDecimal(1_000)) > 0) {
        throw FieldChecks.invalid(
            "percent", "-90 to 1000", percent == null ? null : percent.toString());
      }
      return PriceChange.of(percent);
    }

    private int checkedLeft() {
      if (left == null || left < 0 || left > 1_000_000) {
        throw FieldChecks.invalid("left", "0 to 1000000", left == null ? null : left.toString());
      }
      return left;
    }
  }

  @EndpointSummary("Move a price or a stock of a merchant")
  @PostMapping("/api/worlds/{world}/merchants/{merchant}/disturbances")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void disturb(World world, Merchant merchant, @RequestBody DisturbanceOrder order) {
    merchant.disturb(order.checked());
    world
        .journal()
        .note(
            new JournalNote(
                merchant.profile().did().value(),
                JournalNote.Kind.STATE,
                JournalEvent.DISTURBED,
                Map.of(),
                Map.of("by", "operator", "order", Json.tree(order))));
  }
}
