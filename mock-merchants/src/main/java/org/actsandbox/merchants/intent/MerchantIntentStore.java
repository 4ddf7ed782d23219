package org.actsandbox.merchants.intent;

import static org.actsandbox.participant.TimeColumns.utc;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.participant.TimeColumns;
import org.actsandbox.participant.Transactions;
import org.actsandbox.protocol.time.EarliestDue;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Stores the intent requests that a merchant has received, so that updates find the request that
 * they follow.
 */
final class MerchantIntentStore {

  /** The most requests that one purge removes. */
  static final int PURGE_STEP = 500;

  private final JdbcClient jdbc;
  private final String world;
  private final String merchant;
  private final EarliestDue earliest = new EarliestDue();

  MerchantIntentStore(MerchantContext merchantContext) {
    this.jdbc = merchantContext.world().jdbc();
    this.world = merchantContext.partition();
    this.merchant = merchantContext.id();
  }

  /**
   * Represents a request that was received.
   *
   * @param context the merged context as JSON
   */
  record StoredRequest(
      String requestId, String agentId, String intentId, String digest, String context) {}

  /** Stores a request; false when this agent has already used the request id. */
  boolean add(StoredRequest request, Instant at) {
    boolean added =
        jdbc.sql(
                    """
                insert into merchant_intent
                  (world, merchant, agent_id, request_id, intent_id, digest, context, received_at)
                values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
                """)
                .params(
                    world,
                    merchant,
                    request.agentId(),
                    request.requestId(),
                    request.intentId(),
                    request.digest(),
                    request.context(),
                    utc(at))
                .update()
            == 1;
    Transactions.afterCommit(() -> earliest.added(at));
    return added;
  }

  Optional<StoredRequest> find(String agentId, String requestId) {
    return jdbc.sql(
            """
            select request_id, agent_id, intent_id, digest, context from merchant_intent
            where world = ? and merchant = ? and agent_id = ? and request_id = ?
            """)
        .params(world, merchant, agentId, requestId)
        .query(
            (row, _) ->
                new StoredRequest(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5)))
        .optional();
  }

  /**
   * Deletes up to {@link #PURGE_STEP} requests older than {@code before} and returns their number.
   */
  int purge(Instant before) {
    var old =
        jdbc.sql(
                """
                select agent_id, request_id from merchant_intent
                where world = ? and merchant = ? and received_at < ?
                order by world, merchant, received_at limit ?
                """)
            .params(world, merchant, utc(before), PURGE_STEP)
            .query((row, _) -> List.of(world, merchant, row.getString(1), row.getString(2)))
            .list();
    if (old.isEmpty()) {
      return 0;
    }
    // Whole keys are named, because with a subquery H2 reads the requests of all worlds.
    return jdbc.sql(
            "delete from merchant_intent where (world, merchant, agent_id, request_id) in ("
                + String.join(", ", Collections.nCopies(old.size(), "(?, ?, ?, ?)"))
                + ")")
        .params(old.stream().flatMap(List::stream).toList())
        .update();
  }

  /** Returns when the oldest request was received. */
  Optional<Instant> oldest() {
    return earliest.exactly(this::lookUpOldest);
  }

  /** Returns a time before which no request was received; see {@link EarliestDue#notBefore}. */
  Optional<Instant> notBefore(Instant time) {
    return earliest.notBefore(time, this::lookUpOldest);
  }

  private Optional<Instant> lookUpOldest() {
    return jdbc.sql(
            """
            select received_at from merchant_intent where world = ? and merchant = ?
            order by world, merchant, received_at limit 1
            """)
        .params(world, merchant)
        .query((row, _) -> TimeColumns.instant(row, 1))
        .optional();
  }
}
