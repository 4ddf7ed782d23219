package org.actsandbox.sandbox.trust.record;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.actsandbox.protocol.attestation.Anchor;
import org.actsandbox.protocol.attestation.AnchorCodec;
import org.actsandbox.protocol.attestation.EventType;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.protocol.time.BackgroundWork;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.protocol.time.Soon;
import org.actsandbox.sandbox.trust.TrustWorld;
import org.actsandbox.sandbox.trust.chain.Chain;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of what happened and has them anchored, in order, each once. Whatever the trust
 * service does meanwhile, nobody's business waits: what it does not take stays in the outbox.
 */
public final class Recorder implements DueWork {

  private static final ActComponent COMPONENT = ActComponent.TSD_ATT_OFF;

  /** What is made in one commit and sorted together: the more, the fewer calls to the chain. */
  private static final int BATCH = 256;

  /** While the trust service does not answer; the last one again and again. */
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(1));

  private final TrustWorld world;
  private final Outbox outbox;
  private final RecordStore records;
  private final Upstream upstream;
  private final Submitting chain;
  private final Soon soon;
  private final ReentrantLock recording = new ReentrantLock();

  /** Forgotten with the process: a server that comes back asks at once. */
  private volatile @Nullable Instant pausedUntil;

  private int failures;

  /**
   * @param records as they are stored
   */
  public Recorder(TrustWorld world, Outbox outbox, RecordStore records, Submitting chain) {
    this.world = world;
    this.outbox = outbox;
    this.records = records;
    this.upstream = new Upstream(records);
    this.chain = chain;
    this.soon = new Soon(world.agenda(), 1);
  }

  /** As the world's clock fires it: a clock that runs does not wait for the trust service. */
  public DueWork dueWork() {
    return new BackgroundWork("attest", this, soon, outbox::expect);
  }

  @Override
  public Optional<Instant> nextDue() {
    var paused = pausedUntil;
    return outbox.nextDue().map(due -> paused != null && paused.isAfter(due) ? paused : due);
  }

  @Override
  public List<Waiting> waiting(int limit) {
    return outbox.waiting(limit);
  }

  @Override
  public void fireDue(Instant now) {
    var paused = pausedUntil;
    if (paused == null || !now.isBefore(paused)) {
      catchUp();
    }
  }

  /**
   * Records and anchors whatever has happened by now.
   *
   * @return false when the trust service did not take all of it
   */
  public boolean catchUp() {
    recording.lock();
    try {
      // Also what a clock that runs has not gathered yet.
      var until = world.now().plusSeconds(2);
      for (var due = outbox.due(until, BATCH); !due.isEmpty(); due = outbox.due(until, BATCH)) {
        if (!anchor(record(due))) {
          pause();
          return false;
        }
      }
      failures = 0;
      pausedUntil = null;
      return true;
    } finally {
      recording.unlock();
      nextDue().ifPresent(outbox::expect);
    }
  }

  public void close() {
    soon.close();
  }

  private void pause() {
    var until = world.now().plus(PAUSES.get(Math.min(failures, PAUSES.size() - 1)));
    failures++;
    pausedUntil = until;
  }

  /** All of them in one commit. */
  private List<RecordStore.Held> record(List<Outbox.Entry> due) {
    return world.inTransaction(() -> due.stream().map(this::make).toList());
  }

  /** What was recorded before a crash stays as it is: its anchor may be on its way. */
  private RecordStore.Held make(Outbox.Entry entry) {
    var occurrence = entry.occurrence();
    var now = world.now();
    var record =
        OffChainRecord.of(
            occurrence,
            new OffChainRecord.Making(
                entry.recordId(),
                now.isBefore(occurrence.at()) ? occurrence.at() : now,
                upstream.of(occurrence, entry.recordId()),
                world.salts().apply(entry.recordId()),
                world.algorithm()),
            world.signers().apply(occurrence.reporter(), occurrence.at()));
    return records.add(new RecordStore.Held(occurrence.reporter(), record));
  }

  /** Causes first, and as few calls as that allows: every holder submits its own. */
  private boolean anchor(List<RecordStore.Held> batch) {
    var ordered =
        batch.stream()
            .sorted(
                Comparator.comparingInt((RecordStore.Held held) -> rank(held.record().eventType()))
                    .thenComparing(held -> held.holder().value()))
            .toList();
    var run = new ArrayList<RecordStore.Held>();
    for (var held : ordered) {
      if (run.size() == Chain.MAX_BATCH
          || (!run.isEmpty() && !run.getFirst().holder().equals(held.holder()))) {
        if (!submit(run)) {
          return false;
        }
        run.clear();
      }
      run.add(held);
    }
    return submit(run);
  }

  /** Events about one delegation stay in their order. */
  private static int rank(EventType type) {
    return switch (type) {
      case INTENT_CREATED -> 0;
      case DELEGATION_ISSUED,
          DELEGATION_SUSPENDED,
          DELEGATION_RESUMED,
          DELEGATION_REVOKED,
          DELEGATION_EXPIRED ->
          1;
      case DECISION_LOGGED -> 2;
      case CART_CONFIRMED -> 3;
      case TRANSACTION_COMPLETED -> 4;
      case FULFILLMENT_COMPLETED -> 5;
    };
  }

  private boolean submit(List<RecordStore.Held> run) {
    var holder = run.getFirst().holder();
    var now = world.now();
    var signer = world.signers().apply(holder, now);
    var compacts =
        run.stream()
            .map(RecordStore.Held::record)
            .map(
                record -> AnchorCodec.sign(Anchor.of(record, holder, channel(record), now), signer))
            .toList();
    var answer = chain.submit(holder, compacts);
    if (answer.isEmpty()) {
      return false;
    }
    world.inTransaction(
        () -> {
          for (int i = 0; i < run.size(); i++) {
            var recordId = run.get(i).record().recordId();
            settle(recordId, answer.get().get(i));
            outbox.done(recordId);
          }
          return true;
        });
    for (int i = 0; i < run.size(); i++) {
      note(holder, run.get(i).record(), answer.get().get(i));
    }
    return true;
  }

  private void settle(String recordId, Submitting.Outcome outcome) {
    if (outcome.height() != null) {
      records.anchored(recordId, outcome.height());
    } else {
      records.refused(recordId, String.valueOf(outcome.problem()));
    }
  }

  /** What only the agent and its principal need to know of stays between them. */
  private static String channel(OffChainRecord record) {
    return record.eventType() == EventType.DECISION_LOGGED
        ? record.participants().getFirst().participantId().value()
        : AnchorCodec.SHARED;
  }

  private void note(Did holder, OffChainRecord record, Submitting.Outcome outcome) {
    var ids = new TreeMap<String, String>();
    ids.put(JournalIds.INTENT_ID, record.intentId());
    put(ids, JournalIds.DELEGATION_ID, record.delegationId());
    put(ids, JournalIds.ORDER_NO, record.orderNo());
    put(ids, JournalIds.TRADE_NO, record.tradeNo());
    boolean anchored = outcome.height() != null;
    world.note(
        holder,
        anchored ? JournalNote.Kind.STATE : JournalNote.Kind.REFUSAL,
        COMPONENT,
        anchored ? "record-anchored" : "anchor-refused",
        ids,
        Map.of(
            "record_id",
            record.recordId(),
            "attested_event",
            record.eventType().code(),
            anchored ? "height" : "why",
            anchored ? String.valueOf(outcome.height()) : String.valueOf(outcome.problem())));
  }

  private static void put(Map<String, String> ids, String name, @Nullable String value) {
    if (value != null) {
      ids.put(name, value);
    }
  }
}
