package org.actsandbox.sandbox.tamper;

import static org.actsandbox.sandbox.tamper.TamperOverlay.anchorItem;
import static org.actsandbox.sandbox.tamper.TamperOverlay.recordItem;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.attestation.Anchor;
import org.actsandbox.protocol.attestation.AnchorCodec;
import org.actsandbox.protocol.attestation.AttestationEvent;
import org.actsandbox.protocol.attestation.Base64Url;
import org.actsandbox.protocol.attestation.HashAlgorithm;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.sandbox.tamper.EvidenceBreak.Change;
import org.actsandbox.sandbox.trust.TrustWorld;
import org.actsandbox.sandbox.trust.chain.AnchorChain;
import org.actsandbox.sandbox.trust.record.RecordStore;
import org.actsandbox.sandbox.trust.record.RecordStore.StoredRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Drafts the changes that an attacker could make to records. Their holders can rewrite them, but
 * the anchor reveals it.
 */
final class RecordBreaks {

  private static final int MAX_SEARCHED = 200;
  private static final String UPSTREAM = "upstream_records";

  private final TrustWorld world;
  private final RecordStore stored;
  private final AnchorChain anchorChain;

  RecordBreaks(TrustWorld world, RecordStore stored, AnchorChain anchorChain) {
    this.world = world;
    this.stored = stored;
    this.anchorChain = anchorChain;
  }

  BreakDraft change(StoredRecord storedRecord, @Nullable String field) {
    var text =
        RecordTextChange.change(
            storedRecord.text(),
            field == null ? RecordTextChange.defaultField(storedRecord.text()) : field);
    return alteredRecord(
        storedRecord, new Change("record", text.place(), text.before(), text.after()), text.json());
  }

  BreakDraft removed(StoredRecord storedRecord) {
    var change = new Change("record", storedRecord.recordId(), "there", "gone");
    return BreakDraft.of(
        change,
        attempt(
            "delete from trust_record where world = ? and record_id = ?",
            List.of(world.partition(), storedRecord.recordId())),
        new EvidenceBreak.AlteredItem(recordItem(storedRecord.recordId()), null));
  }

  /** Drafts a record with the valid signature of another record. */
  BreakDraft signatureSwapped(StoredRecord storedRecord) {
    var own = storedRecord.record().signatures().getFirst();
    var other =
        others(storedRecord).stream()
            .map(each -> each.record().signatures().getFirst())
            .filter(each -> !each.signatureValue().equals(own.signatureValue()))
            .findFirst()
            .orElseThrow(() -> missing("another record to take a signature from"));
    var json = (ObjectNode) Json.parse(storedRecord.text());
    ((ObjectNode) json.path("signatures").path(0)).put("signature_value", other.signatureValue());
    return alteredRecord(
        storedRecord,
        new Change(
            "signature",
            "/signatures/0/signature_value",
            own.signatureValue(),
            other.signatureValue()),
        Json.write(json));
  }

  BreakDraft upstreamReordered(StoredRecord storedRecord) {
    var before = storedRecord.record().upstreamRecords();
    if (before.isEmpty()) {
      throw missing("a record that follows from others");
    }
    var after = before.size() > 1 ? before.reversed() : List.of(anotherCause(storedRecord, before));
    var json = (ObjectNode) Json.parse(storedRecord.text());
    ArrayNode array = json.putArray(UPSTREAM);
    after.forEach(array::add);
    return alteredRecord(
        storedRecord,
        new Change("upstream", "/" + UPSTREAM, String.join(", ", before), String.join(", ", after)),
        Json.write(json));
  }

  private String anotherCause(StoredRecord storedRecord, List<String> causes) {
    return others(storedRecord).stream()
        .map(StoredRecord::recordId)
        .filter(id -> !causes.contains(id))
        .findFirst()
        .orElseThrow(() -> missing("another record that could pass for its cause"));
  }

  /**
   * Drafts two records with swapped contents under their own ids; only their signatures reveal it.
   */
  BreakDraft swapped(StoredRecord storedRecord, @Nullable StoredRecord wanted) {
    var other = wanted == null ? ofAnotherOrder(storedRecord) : wanted;
    if (other.recordId().equals(storedRecord.recordId())) {
      throw FieldChecks.invalid("with", "another record", other.recordId());
    }
    return BreakDraft.of(
        new Change("record", "whole", storedRecord.recordId(), other.recordId()),
        rewriteRecord(storedRecord, withRecordId(storedRecord.recordId(), other)),
        new EvidenceBreak.AlteredItem(
            recordItem(storedRecord.recordId()), withRecordId(storedRecord.recordId(), other)),
        new EvidenceBreak.AlteredItem(
            recordItem(other.recordId()), withRecordId(other.recordId(), storedRecord)));
  }

  private StoredRecord ofAnotherOrder(StoredRecord storedRecord) {
    var order = storedRecord.record().orderNo();
    var type = storedRecord.record().eventType();
    return others(storedRecord).stream()
        .filter(each -> each.record().eventType() == type)
        .filter(each -> order == null || !order.equals(each.record().orderNo()))
        .findFirst()
        .orElseThrow(() -> missing("a record of the same event of another order"));
  }

  private static String withRecordId(String recordId, StoredRecord other) {
    var json = (ObjectNode) Json.parse(other.text());
    return Json.write(json.put("record_id", recordId));
  }

  /** Drafts a record that its reporter signs and anchors again with another content. */
  BreakDraft forged(StoredRecord storedRecord) {
    var record = storedRecord.record();
    var reporter = record.participants().getFirst().participantId();
    if (!LocalSigners.hasKeyOf(world, reporter)) {
      throw missing("a reporter with a key in this world");
    }
    var text =
        RecordTextChange.change(
            storedRecord.text(), RecordTextChange.defaultField(storedRecord.text()));
    var body = (ObjectNode) Json.parse(text.json()).path("event_body");
    var forged =
        OffChainRecord.of(
            new AttestationEvent(
                record.eventType(),
                record.businessTime(),
                record.links(),
                record.participants(),
                body),
            new OffChainRecord.Creation(
                record.recordId(),
                record.recordTime(),
                record.upstreamRecords(),
                Base64Url.decode(record.salt()).orElseThrow(),
                HashAlgorithm.find(record.hashAlgorithm()).orElseThrow()),
            world.signers().apply(reporter, record.businessTime()));
    var before =
        anchorChain.find(record.recordId()).orElseThrow(() -> missing("an anchored record"));
    var at = Instant.ofEpochSecond(before.anchor().iat());
    var anchor =
        AnchorCodec.sign(
            Anchor.of(forged, before.anchor().submitter(), before.anchor().privacyChannel(), at),
            world.signers().apply(before.anchor().submitter(), at));
    return BreakDraft.of(
        new Change("record", text.place(), text.before(), text.after()),
        ChainBreaks.rewriteAnchor(world, record.recordId(), anchor),
        new EvidenceBreak.AlteredItem(recordItem(record.recordId()), Json.write(forged)),
        new EvidenceBreak.AlteredItem(anchorItem(record.recordId()), anchor));
  }

  private List<StoredRecord> others(StoredRecord storedRecord) {
    return stored.before(Map.of(), "", MAX_SEARCHED).stream()
        .filter(each -> !each.recordId().equals(storedRecord.recordId()))
        .toList();
  }

  private BreakDraft alteredRecord(StoredRecord storedRecord, Change change, String json) {
    return BreakDraft.of(
        change,
        rewriteRecord(storedRecord, json),
        new EvidenceBreak.AlteredItem(recordItem(storedRecord.recordId()), json));
  }

  private BreakDraft.Attempt rewriteRecord(StoredRecord storedRecord, String json) {
    return attempt(
        "update trust_record set record = ? where world = ? and record_id = ?",
        List.of(json, world.partition(), storedRecord.recordId()));
  }

  private static BreakDraft.Attempt attempt(String sql, List<Object> parameters) {
    return new BreakDraft.Attempt("trust_record", sql, parameters);
  }

  static Refusal missing(String what) {
    return FieldChecks.invalid("record_id", what, "there is none here");
  }
}
