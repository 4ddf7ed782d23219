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
import org.actsandbox.protocol.http.Outbound;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.identity.VerificationKey;
import org.actsandbox.protocol.journal.Journal;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.protocol.time.Agenda;
import org.actsandbox.protocol.time.Ids;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Everything the trust service needs of the world it runs in.
 *
 * @param did the keeper of the chain
 * @param logId the chain's name: a reset world begins another one
 * @param signers by participant and moment: what happened before a rotation is signed with the key
 *     of its time
 * @param keyPeriods a participant's keys, oldest first; empty for strangers
 * @param salts a record's salt by its id: drawn from the world's seed, so nobody without it can
 *     tell one
 * @param base the trust service's address, without a slash at the end
 * @param severalPrincipals whether it matters on whose behalf something was done
 * @param readerKey with which verifiers read anchors
 */
public record TrustWorld(
    String partition,
    Did did,
    String logId,
    InstantSource clock,
    JdbcClient jdbc,
    TransactionOperations transactions,
    Ids ids,
    Journal journal,
    Agenda agenda,
    BiFunction<Did, Instant, Signer> signers,
    Function<Did, List<KeyPeriod>> keyPeriods,
    Function<String, byte[]> salts,
    HashAlgorithm algorithm,
    URI base,
    boolean severalPrincipals,
    Supplier<String> readerKey,
    Outbound outbound)
    implements KeyHistory {

  /** The same world with the keys that readers see. */
  public TrustWorld seenThrough(Lens lens) {
    return with(salts, owner -> lens.keys(owner, keyPeriods.apply(owner)));
  }

  /** The same world, its records salted otherwise. */
  public TrustWorld saltedBy(Function<String, byte[]> others) {
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

  /** Now, in the precision that everything here is stored and signed in. */
  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  public Signer signer() {
    return signers.apply(did, now());
  }

  /** All of {@code work} or nothing of it. */
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
      ActComponent component,
      String event,
      Map<String, String> ids,
      Map<String, ?> data) {
    journal.note(new JournalNote(actor.value(), kind, component, event, ids, data));
  }
}
