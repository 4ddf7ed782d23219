package org.actsandbox.sandbox.trust;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.actsandbox.protocol.attestation.HashAlgorithm;
import org.actsandbox.protocol.attestation.KeyHistory;
import org.actsandbox.protocol.attestation.KeyPeriods.KeyPeriod;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.identity.VerificationKey;
import org.actsandbox.protocol.journal.Journal;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.time.IdGenerator;
import org.actsandbox.protocol.time.WakeUpSchedule;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Bundles everything that the trust service needs from the world it runs in.
 *
 * @param did the participant that keeps the chain
 * @param logId the name of the chain; a reset world begins a new chain
 * @param signers returns a participant's signer at a time: an event before a rotation is signed
 *     with the key of its time
 * @param keyPeriods returns a participant's keys, oldest first; empty for unknown participants
 * @param salts returns a record's salt by its id; salts are derived from the world's seed, so they
 *     cannot be guessed without it
 * @param base the trust service's address, without a slash at the end
 * @param severalPrincipals whether the world has several principals, so that readers see only
 *     records of their own
 * @param readerKey returns the key with which verifiers read anchors
 */
public record TrustWorld(
    String partition,
    Did did,
    String logId,
    InstantSource clock,
    JdbcClient jdbc,
    TransactionOperations transactions,
    IdGenerator ids,
    Journal journal,
    WakeUpSchedule agenda,
    BiFunction<Did, Instant, Signer> signers,
    Function<Did, List<KeyPeriod>> keyPeriods,
    Function<String, byte[]> salts,
    HashAlgorithm algorithm,
    URI base,
    boolean severalPrincipals,
    Supplier<String> readerKey,
    OutboundClient outbound)
    implements KeyHistory {

  /** Returns a copy with the keys that readers see. */
  public TrustWorld withView(EvidenceView evidenceView) {
    return with(salts, owner -> evidenceView.keys(owner, keyPeriods.apply(owner)));
  }

  /** Returns a copy with other salts for its records. */
  public TrustWorld withSalts(Function<String, byte[]> others) {
    return with(others, keyPeriods);
  }

  private TrustWorld with(
      Function<String, byte[]> newSalts, Function<Did, List<KeyPeriod>> newPeriods) {
    return new TrustWorld(
        partition,
        did,
        logId,
        clock,
        jdbc,
        transactions,
        ids,
        journal,
        agenda,
        signers,
        newPeriods,
        newSalts,
        algorithm,
        base,
        severalPrincipals,
        readerKey,
        outbound);
  }

  /** Returns the world's time in milliseconds, the precision of all stored and signed instants. */
  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  public Signer signer() {
    return signers.apply(did, now());
  }

  /** Runs {@code work} in one transaction: all of it or nothing. */
  public <T> T inTransaction(Supplier<T> work) {
    return Objects.requireNonNull(transactions.execute(_ -> work.get()));
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

  public void note(
      Did actor,
      JournalNote.Kind kind,
      JournalEvent event,
      Map<String, String> ids,
      Map<String, ?> data) {
    journal.note(new JournalNote(actor.value(), kind, event, ids, data));
  }
}
