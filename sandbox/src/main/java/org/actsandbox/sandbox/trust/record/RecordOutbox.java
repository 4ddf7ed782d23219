package org.actsandbox.sandbox.trust.record;

import static org.actsandbox.participant.TimeColumns.utc;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.actsandbox.participant.DueTable;
import org.actsandbox.participant.Transactions;
import org.actsandbox.protocol.attestation.AttestationEvent;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.protocol.time.EarliestWakeUp;
import org.actsandbox.sandbox.trust.TrustWorld;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Stores attestation events that are not recorded yet. The row is written in the transaction of the
 * event itself, so that both exist or none, also after a crash; and the event waits for nothing
 * else.
 */
public final class RecordOutbox {

  /**
   * The time in which events are gathered: recording them together needs a fifth of the calls and
   * commits.
   */
  private static final Duration GATHERING = Duration.ofSeconds(1);

  private final TrustWorld world;
  private final JdbcClient jdbc;
  private final DueTable dueTable;
  private final EarliestWakeUp wakeUp;

  public RecordOutbox(TrustWorld world) {
    this.world = world;
    this.jdbc = world.jdbc();
    this.dueTable =
        DueTable.ofWorld(
            jdbc, world.partition(), "trust_outbox", "due_at", "record_id", "attestation");
    this.wakeUp = new EarliestWakeUp(world.agenda());
  }

  /** Represents an event with the id that its record will have. */
  record Entry(String recordId, AttestationEvent event) {}

  void add(AttestationEvent attestationEvent) {
    var now = world.now();
    // A stopped world does nothing by itself: the next clock operation records the event.
    var due = world.agenda().isStopped() ? now : now.plus(GATHERING);
    jdbc.sql("insert into trust_outbox (world, record_id, occurrence, due_at) values (?, ?, ?, ?)")
        .params(world.partition(), world.ids().next("E"), Json.write(attestationEvent), utc(due))
        .update();
    Transactions.afterCommit(() -> wakeUp.wakeAt(due));
  }

  /** Returns due events in the order in which they happened. */
  List<Entry> due(Instant now, int limit) {
    wakeUp.forget();
    return jdbc.sql(
            """
            select record_id, occurrence from trust_outbox where world = ? and due_at <= ?
            order by world, record_id limit ?
            """)
        .params(world.partition(), utc(now), limit)
        .query(
            (row, _) ->
                new Entry(row.getString(1), Json.read(row.getString(2), AttestationEvent.class)))
        .list();
  }

  /** Removes events that became records; their ids bound the part of the index that is read. */
  void done(RecordIds recordIds) {
    jdbc.sql(
            "delete from trust_outbox where world = ? and record_id >= ? and record_id <= ?"
                + " and record_id = any(cast(? as varchar array))")
        .param(world.partition())
        .param(recordIds.first())
        .param(recordIds.last())
        .param(recordIds.all().toArray(String[]::new))
        .update();
  }

  void wakeAt(Instant due) {
    wakeUp.wakeAt(due);
  }

  Optional<Instant> nextDue() {
    return dueTable.next();
  }

  List<DueWork.Waiting> waiting(int limit) {
    return dueTable.waiting(limit);
  }
}
