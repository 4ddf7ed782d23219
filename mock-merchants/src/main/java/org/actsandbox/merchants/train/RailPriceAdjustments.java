package org.actsandbox.merchants.train;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.actsandbox.merchants.VerticalWorld;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Stores the price changes that staff made to trains in one world, in percent of the base price;
 * the change of a stretch beats the change of its train.
 */
final class RailPriceAdjustments {

  static final int MAX_TARGETS = 2000;

  private static final BigDecimal LEAST = BigDecimal.valueOf(-95);
  private static final BigDecimal MOST = BigDecimal.valueOf(1000);
  private static final String TARGET =
      " where world = :world and merchant = :merchant and target = :target";

  private final JdbcClient jdbc;
  private final String world;
  private final String merchant;
  private final Map<String, BigDecimal> percents = new ConcurrentHashMap<>();

  RailPriceAdjustments(VerticalWorld world, String merchant) {
    this.jdbc = world.jdbc();
    this.world = world.partition();
    this.merchant = merchant;
    jdbc.sql(
            "select target, percent from train_price"
                + " where world = :world and merchant = :merchant order by target limit :most")
        .param("world", this.world)
        .param("merchant", merchant)
        .param("most", MAX_TARGETS)
        .query((row, _) -> Map.entry(row.getString("target"), row.getBigDecimal("percent")))
        .list()
        .forEach(move -> percents.put(move.getKey(), move.getValue()));
  }

  /** Returns the change of the stretch, or else of its train. */
  Optional<BigDecimal> adjustmentFor(TrainOfferId id) {
    // Most worlds have no price changes, so the key is not built in vain.
    if (percents.isEmpty()) {
      return Optional.empty();
    }
    var own = percents.get(id.stretchKey());
    return own == null ? adjustmentForTrain(id.train().number()) : Optional.of(own);
  }

  Optional<BigDecimal> adjustmentForTrain(String number) {
    return Optional.ofNullable(percents.get(number));
  }

  /**
   * Changes the price of a target; it replaces an earlier change of the target.
   *
   * @throws Refusal {@code invalid_field} for a percentage out of range, or too many targets
   */
  void adjust(String target, BigDecimal percent) {
    if (percent.compareTo(LEAST) < 0 || percent.compareTo(MOST) > 0 || percent.scale() > 2) {
      throw new Refusal(Problem.INVALID_FIELD, "that is no percentage a price can move by")
          .at("percent")
          .expected("-95 to 1000, at most two decimals")
          .observed(percent.toString());
    }
    if (percents.size() >= MAX_TARGETS && !percents.containsKey(target)) {
      throw new Refusal(Problem.INVALID_FIELD, "too many prices have been moved in this world")
          .at("target")
          .expected("at most " + MAX_TARGETS + " targets")
          .remedy("Reset the world, or move trains instead of single stretches.");
    }
    if (update(target, percent) == 0 && insert(target, percent) == 0) {
      update(target, percent);
    }
    percents.put(target, percent);
  }

  private int update(String target, BigDecimal percent) {
    return write("update train_price set percent = :percent" + TARGET, target, percent);
  }

  private int insert(String target, BigDecimal percent) {
    return write(
        "insert into train_price (world, merchant, target, percent)"
            + " values (:world, :merchant, :target, :percent) on conflict do nothing",
        target,
        percent);
  }

  private int write(String sql, String target, BigDecimal percent) {
    return jdbc.sql(sql)
        .param("world", world)
        .param("merchant", merchant)
        .param("target", target)
        .param("percent", percent)
        .update();
  }
}
