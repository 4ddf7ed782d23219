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
import org.actsandbox.sandbox.psp.Fields;
import org.actsandbox.sandbox.tamper.Break.Altered;
import org.actsandbox.sandbox.tamper.Break.Change;
import org.actsandbox.sandbox.trust.TrustWorld;
import org.actsandbox.sandbox.trust.record.RecordStore.Kept;
import org.jspecify.annotations.Nullable;

/** What can be done to the registry of keys. Keys follow from a seed: nothing of them is stored. */
final class KeyBreaks {

  private final TrustWorld world;

  KeyBreaks(TrustWorld world) {
    this.world = world;
  }

  Draft removed(Kept kept, @Nullable String signerId) {
    return draft(kept, signerId, "known", "unknown", _ -> Stream.empty());
  }

  Draft replaced(Kept kept, @Nullable String signerId) {
    var id = signer(kept, signerId);
    var seed = HashAlgorithm.SHA_256.digest(("impostor " + id).getBytes(StandardCharsets.UTF_8));
    var impostor = new Ed25519KeyPair(id, seed).publicKey();
    return draft(
        kept,
        id,
        "its own",
        "an impostor's",
        period -> Stream.of(new KeyPeriod(impostor, period.validFrom(), period.validUntil())));
  }

  /** Valid from a second after the event on. */
  Draft postdated(Kept kept, @Nullable String signerId) {
    var from = kept.record().businessTime().plusSeconds(1);
    return draft(
        kept,
        signerId,
        "valid at the event",
        "valid from " + from,
        period -> Stream.of(new KeyPeriod(period.key(), from, later(period.validUntil(), from))));
  }

  private static @Nullable Instant later(@Nullable Instant until, Instant from) {
    return until == null || until.isAfter(from) ? until : from;
  }

  private Draft draft(
      Kept kept,
      @Nullable String signerId,
      String before,
      String after,
      Function<KeyPeriod, Stream<KeyPeriod>> change) {
    var id = signer(kept, signerId);
    var owner = Did.ofSigner(id);
    var registered = world.keyPeriods().apply(owner);
    var seen = new ArrayList<KeyPeriod>();
    registered.stream()
        .flatMap(
            period -> period.key().signerId().equals(id) ? change.apply(period) : Stream.of(period))
        .forEach(seen::add);
    if (seen.equals(registered)) {
      throw Fields.invalid("signer_id", "a key of GET /w/{world}/trust/keys/{did}", id);
    }
    return Draft.unstored(
        new Change("key", id, before, after),
        new Altered(Overlay.keysItem(owner), Json.write(new KeyPeriods(List.copyOf(seen)).json())));
  }

  private static String signer(Kept kept, @Nullable String wanted) {
    var id = wanted == null ? kept.record().signatures().getFirst().signerId() : wanted;
    try {
      Did.ofSigner(id);
      return id;
    } catch (IllegalArgumentException notDid) {
      throw Fields.invalid("signer_id", "a key id such as did:act:raileast#key-1", id);
    }
  }
}
