package org.actsandbox.sandbox.trust.record;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.actsandbox.participant.RepeatableWork;
import org.actsandbox.protocol.attestation.Anchor;
import org.actsandbox.protocol.attestation.AnchorCodec;
import org.actsandbox.protocol.attestation.EventType;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.time.AfterCommit;
import org.actsandbox.protocol.time.BackgroundWork;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.protocol.time.RetrySchedule;
import org.actsandbox.sandbox.trust.TrustWorld;
import org.actsandbox.sandbox.trust.chain.AnchorChain;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of attestation events and has them anchored, in order and each once. No participant
 * waits for the trust service: events that it does not take yet stay in the outbox.
 */
public final class EventRecorder implements DueWork {

  /**
   * The number of records that are made in one commit and sorted together; a larger batch needs
   * fewer calls to the chain.
   */
  private static final int BATCH = 256;

  /** The pauses while the trust service does not answer. */
  private static final RetrySchedule SCHEDULE =
      RetrySchedule.endless(
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(1));

  private final TrustWorld world;
  private final RecordOutbox recordOutbox;
  private final RecordStore records;
  private final UpstreamRecords upstreamRecords;

  /** The newest committed records; guarded by {@code recording}. */
  private final NewestRecords newest = new NewestRecords();

  private final AnchorSubmitter chain;
  private final AfterCommit afterCommit;
  private final ReentrantLock recording = new ReentrantLock();

  /** The end of the pause; it is not stored, so a restarted server tries at once. */
  private volatile @Nullable Instant pausedUntil;

  private int failures;

  /**
   * @param records the stored records, not a view of them
   */
  public EventRecorder(
      TrustWorld world, RecordOutbox recordOutbox, RecordStore records, AnchorSubmitter chain) {
    this.world = world;
    this.recordOutbox = recordOutbox;
    this.records = records;
    this.upstreamRecords = new UpstreamRecords(records);
    this.chain = chain;
    this.afterCommit = new AfterCommit(world.agenda(), 1);
  }

  /**
   * Returns the work for the world's clock; a running clock does not wait for the trust service.
   */
  public DueWork dueWork() {
    return new BackgroundWork("attest", this, afterCommit, recordOutbox::wakeAt);
  }

  @Override
  public Optional<Instant> nextDue() {
    var paused = pausedUntil;
    return recordOutbox.nextDue().map(due -> paused != null && paused.isAfter(due) ? paused : due);
  }

  @Override
  public List<Waiting> waiting(int limit) {
    return recordOutbox.waiting(limit);
  }

  @Override
  public void fireDue(Instant now) {
    var paused = pausedUntil;
    if (paused == null || !now.isBefore(paused)) {
      catchUp();
    }
  }

  /**
   * Records and anchors all events up to now.
   *
   * @return false when the trust service did not take all of them
   */
  public boolean catchUp() {
    recording.lock();
    try {
      // This includes events that a running clock still gathers.
      var until = world.now().plusSeconds(2);
      for (var due = recordOutbox.due(until, BATCH);
          !due.isEmpty();
          due = recordOutbox.due(until, BATCH)) {
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
      nextDue().ifPresent(recordOutbox::wakeAt);
    }
  }

  public void close() {
    afterCommit.close();
  }

  private void pause() {
    pausedUntil = SCHEDULE.next(world.now(), failures).orElseThrow();
    failures++;
  }

  /** Makes all records in one commit. */
  private List<RecordStore.HeldRecord> record(List<RecordOutbox.Entry> due) {
    var made = RepeatableWork.call(() -> world.inTransaction(() -> makeAll(due)));
    made.forEach(newest::add);
    return made;
  }

  private List<RecordStore.HeldRecord> makeAll(List<RecordOutbox.Entry> due) {
    var batch = new NewestRecords(newest);
    var made = new ArrayList<RecordStore.HeldRecord>();
    for (var entry : due) {
      var record = make(entry, batch);
      upstreamRecords.beforeAdding(record);
      batch.add(record);
      made.add(record);
    }
    return records.addAll(made);
  }

  /**
   * Makes a record; one that was made before a crash stays as it is, because its anchor may be
   * submitted already.
   */
  private RecordStore.HeldRecord make(RecordOutbox.Entry entry, NewestRecords batch) {
    var attestationEvent = entry.event();
    var now = world.now();
    var made =
        OffChainRecord.make(
            attestationEvent,
            new OffChainRecord.Creation(
                entry.recordId(),
                now.isBefore(attestationEvent.at()) ? attestationEvent.at() : now,
                upstreamRecords.causesOf(attestationEvent, entry.recordId(), batch),
                world.salts().apply(entry.recordId()),
                world.algorithm()),
            world.signers().apply(attestationEvent.reporter(), attestationEvent.at()));
    return new RecordStore.HeldRecord(attestationEvent.reporter(), made.record(), made.digest());
  }

  /** Holds a record and what the chain answered to its anchor. */
  private record Answered(RecordStore.HeldRecord held, AnchorSubmitter.Outcome outcome) {}

  /**
   * Anchors records, causes first, in as few calls as possible; each holder's records are submitted
   * separately. What the chain answered is stored once for all calls.
   */
  private boolean anchor(List<RecordStore.HeldRecord> batch) {
    var ordered =
        batch.stream()
            .sorted(
                Comparator.comparingInt(
                        (RecordStore.HeldRecord heldRecord) ->
                            rank(heldRecord.record().eventType()))
                    .thenComparing(heldRecord -> heldRecord.holder().value()))
            .toList();
    var answered = new ArrayList<Answered>();
    try {
      return runs(ordered).stream().allMatch(run -> submit(run, run.getFirst().holder(), answered));
    } finally {
      settle(answered);
    }
  }

  /** Returns the parts of one holder each that fit into one call. */
  private static List<List<RecordStore.HeldRecord>> runs(List<RecordStore.HeldRecord> ordered) {
    var runs = new ArrayList<List<RecordStore.HeldRecord>>();
    for (var heldRecord : ordered) {
      if (runs.isEmpty()
          || runs.getLast().size() == AnchorChain.MAX_BATCH
          || !runs.getLast().getFirst().holder().equals(heldRecord.holder())) {
        runs.add(new ArrayList<>());
      }
      runs.getLast().add(heldRecord);
    }
    return runs;
  }

  /**
   * Returns the order of causes; events about one delegation have the same rank and keep their
   * order.
   */
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

  /**
   * Stores a record that its holder made and signed, and anchors it. The trust service submits the
   * anchor, because it has no key of the holder; a repetition goes on where the first one ended.
   *
   * @return the record's height on the chain; empty when the chain does not answer
   * @throws Refusal {@code duplicate_request} if another record has the id
   */
  public OptionalLong deposit(Did holder, OffChainRecord made) {
    recording.lock();
    try {
      newest.clear();
      var deposited = new RecordStore.HeldRecord(holder, made);
      upstreamRecords.beforeAdding(deposited);
      var stored = records.addAll(List.of(deposited)).getFirst();
      // Signatures may have been added since the first deposit; the digest leaves them out.
      if (!stored.digest().equals(made.recordDigest())) {
        throw new Refusal(Problem.DUPLICATE_REQUEST, "another record has this id")
            .at("record_id")
            .observed(made.recordId())
            .remedy("A record never changes: one event has one.");
      }
      var answered = new ArrayList<Answered>();
      if (!submit(List.of(stored), world.did(), answered)) {
        return OptionalLong.empty();
      }
      settle(answered);
      var height = records.find(made.recordId()).orElseThrow().height();
      return height == null ? OptionalLong.empty() : OptionalLong.of(height);
    } finally {
      recording.unlock();
    }
  }

  /**
   * Submits the anchors of one holder's records.
   *
   * @param answered gets what the chain answered
   * @return false when the chain does not answer
   */
  private boolean submit(List<RecordStore.HeldRecord> run, Did submitter, List<Answered> answered) {
    var now = world.now();
    var signer = world.signers().apply(submitter, now);
    var compacts =
        run.stream()
            .map(
                held ->
                    AnchorCodec.sign(
                        Anchor.of(
                            held.record(), held.digest(), submitter, channel(held.record()), now),
                        signer))
            .toList();
    var answer = chain.submit(submitter, compacts);
    answer.ifPresent(
        outcomes -> {
          for (int i = 0; i < run.size(); i++) {
            answered.add(new Answered(run.get(i), outcomes.get(i)));
          }
        });
    return answer.isPresent();
  }

  /**
   * Stores what the chain answered, and forgets the events. Before that is in the file the chain
   * has the anchors, and answers a repetition alike.
   */
  private void settle(List<Answered> answered) {
    if (answered.isEmpty()) {
      return;
    }
    RepeatableWork.call(
        () ->
            world.inTransaction(
                () -> {
                  for (int from = 0; from < answered.size(); from += AnchorChain.MAX_BATCH) {
                    store(
                        answered.subList(
                            from, Math.min(answered.size(), from + AnchorChain.MAX_BATCH)));
                  }
                  return true;
                }));
    answered.forEach(each -> note(each.held().holder(), each.held().record(), each.outcome()));
  }

  private void store(List<Answered> answered) {
    var heights = new TreeMap<String, Long>();
    for (var each : answered) {
      var recordId = each.held().record().recordId();
      var height = each.outcome().height();
      if (height != null) {
        heights.put(recordId, height);
      } else {
        records.refused(recordId, String.valueOf(each.outcome().problem()));
      }
    }
    if (!heights.isEmpty()) {
      records.anchored(heights);
    }
    recordOutbox.done(
        new RecordIds(answered.stream().map(each -> each.held().record().recordId()).toList()));
  }

  /** Returns the privacy channel: decision records are only for the agent and its principal. */
  private static String channel(OffChainRecord record) {
    return record.eventType() == EventType.DECISION_LOGGED
        ? record.participants().getFirst().participantId().value()
        : AnchorCodec.SHARED;
  }

  private void note(Did holder, OffChainRecord record, AnchorSubmitter.Outcome outcome) {
    var ids = new TreeMap<String, String>();
    ids.put(JournalIds.INTENT_ID, record.intentId());
    putIfPresent(ids, JournalIds.DELEGATION_ID, record.delegationId());
    putIfPresent(ids, JournalIds.ORDER_NO, record.orderNo());
    putIfPresent(ids, JournalIds.TRADE_NO, record.tradeNo());
    boolean anchored = outcome.height() != null;
    world.note(
        holder,
        anchored ? JournalNote.Kind.STATE : JournalNote.Kind.REFUSAL,
        anchored ? JournalEvent.RECORD_ANCHORED : JournalEvent.ANCHOR_REFUSED,
        ids,
        Map.of(
            "record_id",
            record.recordId(),
            "attested_event",
            record.eventType().code(),
            anchored ? "height" : "why",
            anchored ? String.valueOf(outcome.height()) : String.valueOf(outcome.problem())));
  }

  private static void putIfPresent(Map<String, String> ids, String name, @Nullable String value) {
    if (value != null) {
      ids.put(name, value);
    }
  }
}
