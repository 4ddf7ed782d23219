package org.actsandbox.merchants.train;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.actsandbox.merchants.PriceChange;
import org.actsandbox.merchants.VerticalWorld;
import org.actsandbox.participant.Transactions;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Stores the price changes that staff made to trains in one world, in percent of the base price;
 * the change of a stretch beats the change of its train. All changes are kept in memory as well,
 * because a search asks for the price of every train; memory follows the database after the commit.
 */
final class RailPriceAdjustments {

  static final int MAX_TARGETS = 2000;

  private static final String TARGET =
      " where world = :world and merchant = :merchant and target = :target";

  private final JdbcClient jdbc;
  private final String world;
  private final String merchant;
  private final Map<String, PriceChange> changes = new ConcurrentHashMap<>();

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
        .forEach(row -> changes.put(row.getKey(), PriceChange.of(row.getValue())));
  }

  /** Returns the change of the stretch, or else of its train. */
  Optional<PriceChange> adjustmentFor(TrainOfferId id) {
    // Most worlds have no price changes, so the key is not built in vain.
    if (changes.isEmpty()) {
      return Optional.empty();
    }
    var own = changes.get(id.stretchKey());
    return own == null ? adjustmentForTrain(id.train().number()) : Optional.of(own);
  }

  Optional<PriceChange> adjustmentForTrain(String number) {
    return Optional.ofNullable(changes.get(number));
  }

  /**
   * Changes the price of a target; it replaces an earlier change of the target.
   *
   * @throws Refusal {@code invalid_field} for too many targets
   */
  void adjust(String target, PriceChange change) {
    if (changes.size() >= MAX_TARGETS && !changes.containsKey(target)) {
      throw new Refusal(Problem.INVALID_FIELD, "too many prices have been moved in this world")
          .at("target")
          .expected("at most " + MAX_TARGETS + " targets")
          .remedy("Reset the world, or move trains instead of single stretches.");
    }
    if (update(target, change) == 0 && insert(target, change) == 0) {
      update(target, change);
    }
    Transactions.afterCommit(() -> refresh(target));
  }

  /**
   * Reads the change again instead of taking the one that was written: of two changes of one target
   * the later commit counts, and their callers may arrive here in any order.
   */
  private synchronized void refresh(String target) {
    jdbc.sql("select percent from train_price" + TARGET)
        .param("world", world)
        .param("merchant", merchant)
        .param("target", target)
        .query((row, _) -> PriceChange.of(row.getBigDecimal("percent")))
        .optional()
        .ifPresent(change -> changes.put(target, change));
  }

  private int update(String target, PriceChange change) {
    return write("update train_price set percent = :percent" + TARGET, target, change);
  }

  private int insert(String target, PriceChange change) {
    return write(
        "insert into train_price (world, merchant, target, percent)"
            + " values (:world, :merchant, :target, :percent) on conflict do nothing",
        target,
        change);
  }

  private int write(String sql, String target, PriceChange change) {
    return jdbc.sql(sql)
        .param("world", world)
        .param("merchant", merchant)
        .param("target", target)
        .param("percent", change.percent())
        .update();
  }
}
