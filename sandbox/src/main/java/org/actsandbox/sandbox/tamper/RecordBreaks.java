package org.actsandbox.sandbox.tamper;

import static org.actsandbox.sandbox.tamper.Overlay.anchorItem;
import static org.actsandbox.sandbox.tamper.Overlay.recordItem;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.attestation.Anchor;
import org.actsandbox.protocol.attestation.AnchorCodec;
import org.actsandbox.protocol.attestation.Base64Url;
import org.actsandbox.protocol.attestation.HashAlgorithm;
import org.actsandbox.protocol.attestation.Occurrence;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.psp.Fields;
import org.actsandbox.sandbox.tamper.Break.Altered;
import org.actsandbox.sandbox.tamper.Break.Change;
import org.actsandbox.sandbox.trust.TrustWorld;
import org.actsandbox.sandbox.trust.chain.Chain;
import org.actsandbox.sandbox.trust.record.RecordStore;
import org.actsandbox.sandbox.trust.record.RecordStore.Kept;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What can be done to records. Their holders may rewrite them: the anchor is what tells. */
final class RecordBreaks {

  private static final int LOOKED_AT = 200;
  private static final String UPSTREAM = "upstream_records";

  private final TrustWorld world;
  private final RecordStore stored;
  private final Chain chain;

  RecordBreaks(TrustWorld world, RecordStore stored, Chain chain) {
    this.world = world;
    this.stored = stored;
    this.chain = chain;
  }

  Draft changed(Kept kept, @Nullable String field) {
    var text = Texts.changed(kept.text(), field == null ? Texts.firstOfEvent(kept.text()) : field);
    return altered(
        kept, new Change("record", text.place(), text.before(), text.after()), text.json());
  }

  Draft removed(Kept kept) {
    var change = new Change("record", kept.recordId(), "there", "gone");
    return Draft.of(
        change,
        attempt(
            "delete from trust_record where world = ? and record_id = ?",
            List.of(world.partition(), kept.recordId())),
        new Altered(recordItem(kept.recordId()), null));
  }

  /** The signature is a good one, of something else. */
  Draft signatureSwapped(Kept kept) {
    var own = kept.record().signatures().getFirst();
    var other =
        others(kept).stream()
            .map(each -> each.record().signatures().getFirst())
            .filter(each -> !each.signatureValue().equals(own.signatureValue()))
            .findFirst()
            .orElseThrow(() -> lacking("another record to take a signature from"));
    var json = (ObjectNode) Json.parse(kept.text());
    ((ObjectNode) json.path("signatures").path(0)).put("signature_value", other.signatureValue());
    return altered(
        kept,
        new Change(
            "signature",
            "/signatures/0/signature_value",
            own.signatureValue(),
            other.signatureValue()),
        Json.write(json));
  }

  Draft upstreamReordered(Kept kept) {
    var before = kept.record().upstreamRecords();
    if (before.isEmpty()) {
      throw lacking("a record that follows from others");
    }
    var after = before.size() > 1 ? before.reversed() : List.of(anotherCause(kept, before));
    var json = (ObjectNode) Json.parse(kept.text());
    ArrayNode array = json.putArray(UPSTREAM);
    after.forEach(array::add);
    return altered(
        kept,
        new Change("upstream", "/" + UPSTREAM, String.join(", ", before), String.join(", ", after)),
        Json.write(json));
  }

  private String anotherCause(Kept kept, List<String> causes) {
    return others(kept).stream()
        .map(Kept::recordId)
        .filter(id -> !causes.contains(id))
        .findFirst()
        .orElseThrow(() -> lacking("another record that could pass for its cause"));
  }

  /** Each under the id of the other, so that nothing but their signatures tells them apart. */
  Draft swapped(Kept kept, @Nullable Kept wanted) {
    var other = wanted == null ? ofAnotherOrder(kept) : wanted;
    if (other.recordId().equals(kept.recordId())) {
      throw Fields.invalid("with", "another record", other.recordId());
    }
    return Draft.of(
        new Change("record", "whole", kept.recordId(), other.recordId()),
        rewriting(kept, under(kept.recordId(), other)),
        new Altered(recordItem(kept.recordId()), under(kept.recordId(), other)),
        new Altered(recordItem(other.recordId()), under(other.recordId(), kept)));
  }

  private Kept ofAnotherOrder(Kept kept) {
    var order = kept.record().orderNo();
    var type = kept.record().eventType();
    return others(kept).stream()
        .filter(each -> each.record().eventType() == type)
        .filter(each -> order == null || !order.equals(each.record().orderNo()))
        .findFirst()
        .orElseThrow(() -> lacking("a record of the same event of another order"));
  }

  private static String under(String recordId, Kept other) {
    var json = (ObjectNode) Json.parse(other.text());
    return Json.write(json.put("record_id", recordId));
  }

  /** Whoever reported it signs another story, and anchors that. */
  Draft forged(Kept kept) {
    var record = kept.record();
    var reporter = record.participants().getFirst().participantId();
    if (!Signers.keeps(world, reporter)) {
      throw lacking("a reporter with a key in this world");
    }
    var text = Texts.changed(kept.text(), Texts.firstOfEvent(kept.text()));
    var body = (ObjectNode) Json.parse(text.json()).path("event_body");
    var forged =
        OffChainRecord.of(
            new Occurrence(
                record.eventType(),
                record.businessTime(),
                record.links(),
                record.participants(),
                body),
            new OffChainRecord.Making(
                record.recordId(),
                record.recordTime(),
                record.upstreamRecords(),
                Base64Url.decode(record.salt()).orElseThrow(),
                HashAlgorithm.find(record.hashAlgorithm()).orElseThrow()),
            world.signers().apply(reporter, record.businessTime()));
    var before = chain.find(record.recordId()).orElseThrow(() -> lacking("an anchored record"));
    var at = Instant.ofEpochSecond(before.anchor().iat());
    var anchor =
        AnchorCodec.sign(
            Anchor.of(forged, before.anchor().submitter(), before.anchor().privacyChannel(), at),
            world.signers().apply(before.anchor().submitter(), at));
    return Draft.of(
        new Change("record", text.place(), text.before(), text.after()),
        ChainBreaks.rewriting(world, record.recordId(), anchor),
        new Altered(recordItem(record.recordId()), Json.write(forged)),
        new Altered(anchorItem(record.recordId()), anchor));
  }

  private List<Kept> others(Kept kept) {
    return stored.before(Map.of(), "", LOOKED_AT).stream()
        .filter(each -> !each.recordId().equals(kept.recordId()))
        .toList();
  }

  private Draft altered(Kept kept, Change change, String json) {
    return Draft.of(change, rewriting(kept, json), new Altered(recordItem(kept.recordId()), json));
  }

  private Draft.Attempt rewriting(Kept kept, String json) {
    return attempt(
        "update trust_record set record = ? where world = ? and record_id = ?",
        List.of(json, world.partition(), kept.recordId()));
  }

  private static Draft.Attempt attempt(String sql, List<Object> parameters) {
    return new Draft.Attempt("trust_record", sql, parameters);
  }

  static Refusal lacking(String what) {
    return Fields.invalid("record_id", what, "there is none here");
  }
}
