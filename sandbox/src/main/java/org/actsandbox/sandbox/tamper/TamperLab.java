package org.actsandbox.sandbox.tamper;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.sandbox.fault.FaultRequest;
import org.actsandbox.sandbox.fault.Faults;
import org.actsandbox.sandbox.tamper.EvidenceBreak.Change;
import org.actsandbox.sandbox.trust.EvidenceView;
import org.actsandbox.sandbox.trust.TrustWorld;
import org.actsandbox.sandbox.trust.chain.AnchorChain;
import org.actsandbox.sandbox.trust.record.RecordStore;
import org.actsandbox.sandbox.trust.record.RecordStore.StoredRecord;
import org.jspecify.annotations.Nullable;

/** Breaks a world's evidence on purpose and heals it. */
public final class TamperLab {

  /** Ours: with more breaks at once, none of them can be told apart. */
  public static final int MAX_AT_ONCE = 20;

  private final TrustWorld world;
  private final TamperOverlay tamperOverlay;
  private final Faults faults;
  private final RecordStore stored;
  private final RecordBreaks records;
  private final ChainBreaks chains;
  private final KeyBreaks keys;
  private final LiveStoreTrial live;

  public TamperLab(TrustWorld world, TamperOverlay tamperOverlay, Faults faults) {
    this.world = world;
    this.tamperOverlay = tamperOverlay;
    this.faults = faults;
    this.stored = new RecordStore(world, EvidenceView.UNCHANGED);
    var anchorChain = new AnchorChain(world, EvidenceView.UNCHANGED);
    this.records = new RecordBreaks(world, stored, anchorChain);
    this.chains = new ChainBreaks(world, anchorChain);
    this.keys = new KeyBreaks(world);
    this.live = new LiveStoreTrial(world);
  }

  /** Lists the current breaks, oldest first; a break whose fault was removed is healed. */
  public List<EvidenceBreak> breaks() {
    var armed = faults.list().stream().map(status -> status.fault().id()).toList();
    return tamperOverlay.breaks().stream()
        .filter(each -> each.faultId() == null || armed.contains(each.faultId()))
        .toList();
  }

  /**
   * Breaks one piece of evidence: tries the change on the live store, stores the database's answer,
   * and changes what readers see.
   *
   * @throws Refusal {@code invalid_field}, {@code not_found}, {@code already_tampered}, {@code
   *     limit_exceeded}
   */
  public synchronized EvidenceBreak tamper(TamperRequest request) {
    var kind = kind(request.kind());
    var storedRecord = requireRecord("record_id", request.recordId());
    if (breaks().size() >= MAX_AT_ONCE) {
      throw new Refusal(Problem.LIMIT_EXCEEDED, "too much evidence is broken at once")
          .expected("at most " + MAX_AT_ONCE + " breaks at once")
          .remedy("heal some of it first");
    }
    var breakDraft = draft(kind, storedRecord, request);
    var storageAttempt = breakDraft.attempt() == null ? null : live.attempt(breakDraft.attempt());
    var broken =
        new EvidenceBreak(
            world.ids().next("B"),
            kind,
            storedRecord.recordId(),
            world.now(),
            breakDraft.change(),
            storageAttempt,
            breakDraft.altered(),
            kind == EvidenceBreakKind.CHAIN_SILENT ? cutChainAnswers() : null);
    tamperOverlay.add(broken);
    note(broken, JournalEvent.EVIDENCE_BROKEN);
    return broken;
  }

  private BreakDraft draft(
      EvidenceBreakKind kind, StoredRecord storedRecord, TamperRequest request) {
    return switch (kind) {
      case RECORD_CHANGED -> records.change(storedRecord, request.field());
      case RECORD_REMOVED -> records.removed(storedRecord);
      case RECORD_FORGED -> records.forged(storedRecord);
      case RECORDS_SWAPPED ->
          records.swapped(
              storedRecord, request.with() == null ? null : requireRecord("with", request.with()));
      case SIGNATURE_SWAPPED -> records.signatureSwapped(storedRecord);
      case UPSTREAM_REORDERED -> records.upstreamReordered(storedRecord);
      case ANCHOR_REWRITTEN -> chains.anchorRewritten(storedRecord);
      case ANCHOR_REMOVED -> chains.anchorRemoved(storedRecord);
      case NODE_CHANGED -> chains.nodeChanged(storedRecord);
      case HEAD_CHANGED -> chains.headChanged();
      case KEY_REMOVED -> keys.removed(storedRecord, request.signerId());
      case KEY_REPLACED -> keys.replaced(storedRecord, request.signerId());
      case KEY_POSTDATED -> keys.postdated(storedRecord, request.signerId());
      case CHAIN_SILENT ->
          BreakDraft.unstored(new Change("answer", "GET /trust/anchors/*", "an answer", "none"));
    };
  }

  /** Adds a fault at the edge that cuts queries for anchors; the chain itself stays unchanged. */
  private String cutChainAnswers() {
    return faults
        .add(
            new FaultRequest(
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
        tamperOverlay.breaks().stream()
            .filter(each -> each.breakId().equals(breakId))
            .findFirst()
            .orElseThrow(
                () ->
                    new Refusal(Problem.NOT_FOUND, "nothing is broken under this id")
                        .at("break_id")
                        .observed(breakId));
    boolean armed = breaks().contains(broken);
    tamperOverlay.remove(breakId);
    if (armed && broken.faultId() != null) {
      faults.remove(broken.faultId());
    }
    note(broken, JournalEvent.EVIDENCE_HEALED);
  }

  public synchronized void healAll() {
    tamperOverlay.breaks().forEach(each -> heal(each.breakId()));
  }

  private static EvidenceBreakKind kind(@Nullable String code) {
    return EvidenceBreakKind.find(code == null ? "" : code)
        .orElseThrow(
            () ->
                FieldChecks.invalid(
                    "kind", String.join(", ", EvidenceBreakKind.codes()), String.valueOf(code)));
  }

  private StoredRecord requireRecord(String field, @Nullable String recordId) {
    if (recordId == null) {
      throw FieldChecks.invalid(field, "a record's id", "none");
    }
    return stored
        .find(FieldChecks.text(field, recordId, 128))
        .orElseThrow(
            () ->
                new Refusal(Problem.NOT_FOUND, "there is no such record")
                    .at(field)
                    .observed(recordId));
  }

  private void note(EvidenceBreak broken, JournalEvent event) {
    var record = stored.find(broken.recordId()).map(StoredRecord::record);
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
        .note(new JournalNote("operator", JournalNote.Kind.STATE, event, ids, journalData(broken)));
  }

  /** Returns journal data from which the same break can be made again. */
  private static Map<String, String> journalData(EvidenceBreak broken) {
    var data = new TreeMap<String, String>();
    data.put("break_id", broken.breakId());
    data.put("kind", broken.kind().code());
    data.put("record_id", broken.recordId());
    data.put("place", broken.change().place());
    if (broken.kind() == EvidenceBreakKind.RECORDS_SWAPPED) {
      data.put("with", broken.change().after());
    }
    if (broken.faultId() != null) {
      data.put("fault_id", broken.faultId());
    }
    return data;
  }
}
