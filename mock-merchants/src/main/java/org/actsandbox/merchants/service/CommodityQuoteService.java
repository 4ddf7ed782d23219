package org.actsandbox.merchants.service;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;

/**
 * Sells the price of one commodity with its history.
 *
 * @param maxDays the most days of history that one request may ask for
 */
record CommodityQuoteService(CommodityMarket market, ZoneId zone, int maxDays)
    implements PaidService {

  @Override
  public String id() {
    return "quotes";
  }

  @Override
  public Text name() {
    return new Text("Commodity quotes", "大宗商品行情");
  }

  @Override
  public Text about() {
    return new Text(
        "Last price and daily closes of one commodity, up to %d days back.".formatted(maxDays),
        "单个品种的最新价与每日收盘价，最多回溯 %d 天。".formatted(maxDays));
  }

  @Override
  public Text unit() {
    return new Text("per commodity", "每个品种");
  }

  @Override
  public Map<String, String> attributes() {
    return Map.of(
        "input",
        "{\"symbol\": \"coffee\", \"days\": 30}",
        "history_days",
        String.valueOf(maxDays),
        "symbols",
        Commodity.ALL.stream()
            .map(each -> "%s=%s".formatted(each.symbol(), each.name().zh()))
            .collect(Collectors.joining(", ")));
  }

  @Override
  public void check(JsonNode input) {
    ServiceInputFields.check(
        input,
        Set.of("symbol", "days"),
        () ->
            ServiceInputFields.oneOf(
                input, "symbol", Commodity.ALL.stream().map(Commodity::symbol).toList()),
        () -> ServiceInputFields.number(input, "days", 1, maxDays));
  }

  @Override
  public JsonNode perform(JsonNode input, Instant asOf) {
    var commodity = Commodity.of(input.path("symbol").asString()).orElseThrow();
    var today = asOf.atZone(zone).toLocalDate();
    int days = input.path("days").intValue();
    var dates = LongStream.rangeClosed(0, days).mapToObj(i -> today.minusDays(days - i)).toList();
    var closes = dates.stream().map(day -> market.close(commodity, day)).toList();
    var quote = Json.object();
    quote.put("symbol", commodity.symbol());
    quote.set("name", Json.tree(commodity.name()));
    quote.set("unit", Json.tree(commodity.unit()));
    quote.put("currency", "USD");
    quote.put("as_of", today.toString());
    quote.put("last", closes.getLast().toPlainString());
    quote.put("change_percent", change(closes.getFirst(), closes.getLast()).toPlainString());
    var order = Comparator.<BigDecimal>naturalOrder();
    quote.put("high", closes.stream().max(order).orElseThrow().toPlainString());
    quote.put("low", closes.stream().min(order).orElseThrow().toPlainString());
    var history = quote.putArray("history");
    for (int i = 0; i < dates.size(); i++) {
      history
          .addObject()
          .put("date", dates.get(i).toString())
          .put("close", closes.get(i).toPlainString());
    }
    return quote;
  }

  private static BigDecimal change(BigDecimal first, BigDecimal last) {
    return last.subtract(first)
        .multiply(BigDecimal.valueOf(100))
        .divide(first, 1, RoundingMode.HALF_UP);
  }
}
