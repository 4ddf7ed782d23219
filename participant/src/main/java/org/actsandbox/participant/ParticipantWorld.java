package org.actsandbox.participant;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.actsandbox.protocol.attestation.Attestations;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.journal.Journal;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.protocol.time.IdGenerator;
import org.actsandbox.protocol.time.WakeUpSchedule;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Is the world as one participant sees it; each kind of participant adds what it alone needs. See
 * {@link ParticipantContext} for the meaning of what all have.
 */
public interface ParticipantWorld {

  ParticipantContext context();

  default String partition() {
    return context().partition();
  }

  default Did did() {
    return context().did();
  }

  default InstantSource clock() {
    return context().clock();
  }

  default ZoneId zone() {
    return context().zone();
  }

  default JdbcClient jdbc() {
    return context().jdbc();
  }

  default Transactions transactions() {
    return context().transactions();
  }

  default IdGenerator ids() {
    return context().ids();
  }

  default Journal journal() {
    return context().journal();
  }

  default WakeUpSchedule agenda() {
    return context().agenda();
  }

  default Signer signer() {
    return context().signer();
  }

  default KeyDirectory keys() {
    return context().keys();
  }

  default OutboundClient outbound() {
    return context().outbound();
  }

  default boolean severalPrincipals() {
    return context().severalPrincipals();
  }

  default Attestations attestations() {
    return context().attestations();
  }

  /** Returns the participant's time in milliseconds, the precision of what is stored and signed. */
  default Instant now() {
    return clock().instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Runs {@code work} in one transaction, see {@link Transactions#execute}. */
  default <T> T inTransaction(Supplier<T> work) {
    return transactions().execute(work);
  }

  /** Adds the principal's id to journal data where the world has several principals. */
  default Map<String, String> withPrincipal(Did principal, Map<String, String> data) {
    if (!severalPrincipals()) {
      return data;
    }
    var all = new TreeMap<>(data);
    all.put("principal_id", principal.value());
    return all;
  }

  /** Writes an event of this participant in the journal, under the event's own component. */
  default void note(
      JournalNote.Kind kind, JournalEvent event, Map<String, String> ids, Map<String, ?> data) {
    journal().note(new JournalNote(did().value(), kind, event, ids, data));
  }

  /** Writes an event that belongs to several components in the journal, under one of them. */
  default void note(
      JournalNote.Kind kind,
      @Nullable ActComponent component,
      JournalEvent event,
      Map<String, String> ids,
      Map<String, ?> data) {
    journal().note(new JournalNote(did().value(), kind, component, event, ids, data));
  }

  /**
   * Runs {@code work} and writes a refusal in the journal, because refused attempts are part of the
   * world's history too.
   *
   * @param caller who asked for the work
   * @param ids the ids that connect the entry with others
   */
  default <T> T journalled(
      Caller caller, ActComponent component, Map<String, String> ids, Supplier<T> work) {
    try {
      return work.get();
    } catch (Refusal refusal) {
      note(
          JournalNote.Kind.REFUSAL,
          component,
          JournalEvent.REFUSED,
          ids,
          Map.of(
              "code", refusal.problem().code(),
              "detail", refusal.detail(),
              "role", caller.role().code(),
              "caller", caller.did().map(Did::value).orElse("")));
      throw refusal;
    }
  }
}
