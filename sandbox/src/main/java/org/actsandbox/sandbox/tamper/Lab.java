package org.actsandbox.sandbox.tamper;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.fault.FaultOrder;
import org.actsandbox.sandbox.fault.Faults;
import org.actsandbox.sandbox.psp.Fields;
import org.actsandbox.sandbox.tamper.Break.Change;
import org.actsandbox.sandbox.trust.Lens;
import org.actsandbox.sandbox.trust.TrustWorld;
import org.actsandbox.sandbox.trust.chain.Chain;
import org.actsandbox.sandbox.trust.record.RecordStore;
import org.actsandbox.sandbox.trust.record.RecordStore.Kept;
import org.jspecify.annotations.Nullable;

/** Breaks a world's evidence on purpose, and heals it. */
public final class Lab {

  /** Ours: more at once say nothing about any of them. */
  public static final int MOST_AT_ONCE = 20;

  private final TrustWorld world;
  private final Overlay overlay;
  private final Faults faults;
  private final RecordStore stored;
  private final RecordBreaks records;
  private final ChainBreaks chains;
  private final KeyBreaks keys;
  private final LiveStore live;

  public Lab(TrustWorld world, Overlay overlay, Faults faults) {
    this.world = world;
    this.overlay = overlay;
    this.faults = faults;
    this.stored = new RecordStore(world, Lens.CLEAR);
    var chain = new Chain(world, Lens.CLEAR);
    this.records = new RecordBreaks(world, stored, chain);
    this.chains = new ChainBreaks(world, chain);
    this.keys = new KeyBreaks(world);
    this.live = new LiveStore(world);
  }

  /** What is broken now, oldest first; whoever ended the fault of one has healed it. */
  public List<Break> breaks() {
    var armed = faults.list().stream().map(status -> status.fault().id()).toList();
    return overlay.breaks().stream()
        .filter(each -> each.faultId() == null || armed.contains(each.faultId()))
        .toList();
  }

  /**
   * Breaks one thing: tries it on the live store, whose answer is kept, and lays it over what
   * readers see.
   *
   * @throws Refusal {@code invalid_field}, {@code not_found}, {@code already_tampered}, {@code
   *     limit_exceeded}
   */
  public synchronized Break tamper(TamperOrder order) {
    var kind = kind(order.kind());
    var kept = kept("record_id", order.recordId());
    if (breaks().size() >= MOST_AT_ONCE) {
      throw new Refusal(Problem.LIMIT_EXCEEDED, "so much is broken that nothing can be told apart")
          .expected("at most " + MOST_AT_ONCE + " breaks at once")
          .remedy("heal some of it first");
    }
    var draft = draft(kind, kept, order);
    var storage = draft.attempt() == null ? null : live.attempt(draft.attempt());
    var broken =
        new Break(
            world.ids().next("B"),
            kind,
            kept.recordId(),
            world.now(),
            draft.change(),
            storage,
            draft.altered(),
            kind == Breakage.CHAIN_SILENT ? silence() : null);
    overlay.add(broken);
    note(broken, "evidence-broken");
    return broken;
  }

  private Draft draft(Breakage kind, Kept kept, TamperOrder order) {
    return switch (kind) {
      case RECORD_CHANGED -> records.changed(kept, order.field());
      case RECORD_REMOVED -> records.removed(kept);
      case RECORD_FORGED -> records.forged(kept);
      case RECORDS_SWAPPED ->
          records.swapped(kept, order.with() == null ? null : kept("with", order.with()));
      case SIGNATURE_SWAPPED -> records.signatureSwapped(kept);
      case UPSTREAM_REORDERED -> records.upstreamReordered(kept);
      case ANCHOR_REWRITTEN -> chains.anchorRewritten(kept);
      case ANCHOR_REMOVED -> chains.anchorRemoved(kept);
      case NODE_CHANGED -> chains.nodeChanged(kept);
      case HEAD_CHANGED -> chains.headChanged();
      case KEY_REMOVED -> keys.removed(kept, order.signerId());
      case KEY_REPLACED -> keys.replaced(kept, order.signerId());
      case KEY_POSTDATED -> keys.postdated(kept, order.signerId());
      case CHAIN_SILENT ->
          Draft.unstored(new Change("answer", "GET /trust/anchors/*", "an answer", "none"));
    };
  }

  /** A fault at the edge, as anybody can order it: the chain itself stays as it is. */
  private String silence() {
    return faults
        .add(
            new FaultOrder(
                "connection_cut",
                world.did().name(),
                "GET /anchors/*",
                null,
                null,
                null,
                null,
                null))
        .fault()
        .id();
  }

  /**
   * @throws Refusal {@code not_found}
   */
  public synchronized void heal(String breakId) {
    var broken =
        overlay.breaks().stream()
            .filter(each -> each.breakId().equals(breakId))
            .findFirst()
            .orElseThrow(
                () ->
                    new Refusal(Problem.NOT_FOUND, "nothing is broken under this id")
                        .at("break_id")
                        .observed(breakId));
    boolean armed = breaks().contains(broken);
    overlay.remove(breakId);
    if (armed && broken.faultId() != null) {
      faults.remove(broken.faultId());
    }
    note(broken, "evidence-healed");
  }

  public synchronized void healAll() {
    overlay.breaks().forEach(each -> heal(each.breakId()));
  }

  private static Breakage kind(@Nullable String code) {
    return Breakage.find(code == null ? "" : code)
        .orElseThrow(
            () ->
                Fields.invalid("kind", String.join(", ", Breakage.codes()), String.valueOf(code)));
  }

  private Kept kept(String field, @Nullable String recordId) {
    if (recordId == null) {
      throw Fields.invalid(field, "a record's id", "none");
    }
    return stored
        .find(Fields.text(field, recordId, 128))
        .orElseThrow(
            () ->
                new Refusal(Problem.NOT_FOUND, "there is no such record")
                    .at(field)
                    .observed(recordId));
  }

  private void note(Break broken, String event) {
    var record = stored.find(broken.recordId()).map(Kept::record);
    var ids = new TreeMap<String, String>();
    record.ifPresent(
        each -> {
          ids.put(JournalIds.INTENT_ID, each.intentId());
          if (each.orderNo() != null) {
            ids.put(JournalIds.ORDER_NO, each.orderNo());
          }
        });
    world
        .journal()
        .note(new JournalNote("operator", JournalNote.Kind.STATE, null, event, ids, told(broken)));
  }

  /** Enough to break the same once more. */
  private static Map<String, String> told(Break broken) {
    var data = new TreeMap<String, String>();
    data.put("break_id", broken.breakId());
    data.put("kind", broken.kind().code());
    data.put("record_id", broken.recordId());
    data.put("place", broken.change().place());
    if (broken.kind() == Breakage.RECORDS_SWAPPED) {
      data.put("with", broken.change().after());
    }
    if (broken.faultId() != null) {
      data.put("fault_id", broken.faultId());
    }
    return data;
  }
}
