package org.actsandbox.sandbox.trust;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.actsandbox.participant.ParticipantContext;
import org.actsandbox.participant.ParticipantWorld;
import org.actsandbox.protocol.attestation.HashAlgorithm;
import org.actsandbox.protocol.attestation.KeyHistory;
import org.actsandbox.protocol.attestation.KeyPeriods.KeyPeriod;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.identity.VerificationKey;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;

/**
 * Bundles everything that the trust service needs from the world it runs in.
 *
 * @param logId the name of the chain; a reset world begins a new chain
 * @param signers returns a participant's signer at a time: an event before a rotation is signed
 *     with the key of its time
 * @param keyPeriods returns a participant's keys, oldest first; empty for unknown participants
 * @param salts returns a record's salt by its id; salts are derived from the world's seed, so they
 *     cannot be guessed without it
 * @param base the trust service's address, without a slash at the end
 * @param readerKey returns the key with which verifiers read anchors
 */
public record TrustWorld(
    ParticipantContext context,
    String logId,
    BiFunction<Did, Instant, Signer> signers,
    Function<Did, List<KeyPeriod>> keyPeriods,
    Function<String, byte[]> salts,
    HashAlgorithm algorithm,
    URI base,
    Supplier<String> readerKey)
    implements ParticipantWorld, KeyHistory {

  /** Returns a copy with the keys that readers see. */
  public TrustWorld withView(EvidenceView evidenceView) {
    return with(salts, owner -> evidenceView.keys(owner, keyPeriods.apply(owner)), context);
  }

  /** Returns a copy with other salts for its records. */
  public TrustWorld withSalts(Function<String, byte[]> others) {
    return with(others, keyPeriods, context);
  }

  /** Returns a copy that sends its outbound calls through {@code other}. */
  public TrustWorld withOutbound(OutboundClient other) {
    return with(salts, keyPeriods, context.withOutbound(other));
  }

  private TrustWorld with(
      Function<String, byte[]> newSalts,
      Function<Did, List<KeyPeriod>> newPeriods,
      ParticipantContext newContext) {
    return new TrustWorld(
        newContext, logId, signers, newPeriods, newSalts, algorithm, base, readerKey);
  }

  /** Returns the signer with the key of now, chosen as for every other moment. */
  @Override
  public Signer signer() {
    return signers.apply(did(), now());
  }

  public URI at(String path) {
    return URI.create(base + path);
  }

  @Override
  public Optional<VerificationKey> find(String signerId, Instant at) {
    return owner(signerId).stream()
        .flatMap(owner -> keyPeriods.apply(owner).stream())
        .filter(each -> each.key().signerId().equals(signerId) && each.isValidAt(at))
        .map(KeyPeriod::key)
        .findFirst();
  }

  private static Optional<Did> owner(String signerId) {
    try {
      return Optional.of(Did.ofSigner(signerId));
    } catch (IllegalArgumentException notDid) {
      return Optional.empty();
    }
  }

  /** Writes a note in the journal about what {@code actor} did. */
  public void note(
      Did actor,
      JournalNote.Kind kind,
      JournalEvent event,
      Map<String, String> ids,
      Map<String, ?> data) {
    journal().note(new JournalNote(actor.value(), kind, event, ids, data));
  }
}
