package org.actsandbox.sandbox.tamper;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.actsandbox.protocol.attestation.HashAlgorithm;
import org.actsandbox.protocol.attestation.KeyPeriods;
import org.actsandbox.protocol.attestation.KeyPeriods.KeyPeriod;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.sandbox.tamper.EvidenceBreak.Change;
import org.actsandbox.sandbox.trust.TrustWorld;
import org.actsandbox.sandbox.trust.record.RecordStore;
import org.jspecify.annotations.Nullable;

/**
 * Drafts the changes that an attacker could make to the registry of keys. Keys are derived from a
 * seed, so no stored row changes.
 */
final class KeyBreaks {

  private final TrustWorld world;

  KeyBreaks(TrustWorld world) {
    this.world = world;
  }

  BreakDraft removed(RecordStore.StoredRecord storedRecord, @Nullable String signerId) {
    return draft(storedRecord, signerId, "known", "unknown", _ -> Stream.empty());
  }

  BreakDraft replaced(RecordStore.StoredRecord storedRecord, @Nullable String signerId) {
    var id = signer(storedRecord, signerId);
    var seed = HashAlgorithm.SHA_256.digest(("impostor " + id).getBytes(StandardCharsets.UTF_8));
    var impostor = new Ed25519KeyPair(id, seed).publicKey();
    return draft(
        storedRecord,
        id,
        "its own",
        "an impostor's",
        period -> Stream.of(new KeyPeriod(impostor, period.validFrom(), period.validUntil())));
  }

  /** Drafts a key period that starts a second after the event. */
  BreakDraft postdated(RecordStore.StoredRecord storedRecord, @Nullable String signerId) {
    var from = storedRecord.record().businessTime().plusSeconds(1);
    return draft(
        storedRecord,
        signerId,
        "valid at the event",
        "valid from " + from,
        period -> Stream.of(new KeyPeriod(period.key(), from, later(period.validUntil(), from))));
  }

  private static @Nullable Instant later(@Nullable Instant until, Instant from) {
    return until == null || until.isAfter(from) ? until : from;
  }

  private BreakDraft draft(
      RecordStore.StoredRecord storedRecord,
      @Nullable String signerId,
      String before,
      String after,
      Function<KeyPeriod, Stream<KeyPeriod>> change) {
    var id = signer(storedRecord, signerId);
    var owner = Did.ofSigner(id);
    var registered = world.keyPeriods().apply(owner);
    var shown = new ArrayList<KeyPeriod>();
    registered.stream()
        .flatMap(
            period -> period.key().signerId().equals(id) ? change.apply(period) : Stream.of(period))
        .forEach(shown::add);
    if (shown.equals(registered)) {
      throw FieldChecks.invalid("signer_id", "a key of GET /w/{world}/trust/keys/{did}", id);
    }
    return BreakDraft.unstored(
        new Change("key", id, before, after),
        new EvidenceBreak.AlteredItem(
            TamperOverlay.keysItem(owner), Json.write(new KeyPeriods(List.copyOf(shown)).json())));
  }

  private static String signer(RecordStore.StoredRecord storedRecord, @Nullable String wanted) {
    var id = wanted == null ? storedRecord.record().signatures().getFirst().signerId() : wanted;
    try {
      Did.ofSigner(id);
      return id;
    } catch (IllegalArgumentException notDid) {
      throw FieldChecks.invalid("signer_id", "a key id such as did:act:raileast#key-1", id);
    }
  }
}
