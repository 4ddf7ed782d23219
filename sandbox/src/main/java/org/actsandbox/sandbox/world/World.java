package org.actsandbox.sandbox.world;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.time.BackgroundTurns;
import org.actsandbox.protocol.time.IdGenerator;
import org.actsandbox.protocol.time.WakeUpSchedule;
import org.actsandbox.sandbox.external.ExternalMerchants;
import org.actsandbox.sandbox.fault.Faults;
import org.actsandbox.sandbox.journal.JournalStore;
import org.actsandbox.sandbox.journal.SecretMasker;
import org.actsandbox.sandbox.journal.storage.WorldJournal;
import org.actsandbox.sandbox.key.ExternalAgents;
import org.actsandbox.sandbox.key.KeyService;
import org.actsandbox.sandbox.key.KnownPins;
import org.actsandbox.sandbox.key.Principals;
import org.actsandbox.sandbox.notification.WebhookEndpoints;
import org.actsandbox.sandbox.world.clock.ParticipantClock;
import org.actsandbox.sandbox.world.clock.WorldClock;
import org.jspecify.annotations.Nullable;

/**
 * Represents one isolated simulation. Domain code receives single parts of it (clock, ids, journal,
 * its signer), never the world itself.
 */
public interface World {

  ZoneId ZONE = WorldClock.ZONE;

  /** Payment PIN of every principal at the start of a world, as printed in the documentation. */
  String OPENING_PIN = "246810";

  /** The first principal, which every world has; {@link #principals()} returns all of them. */
  Did PRINCIPAL = Principals.FIRST;

  /** Name in the buyer agent's address; it may sign with another name: {@link #agent()}. */
  Did AGENT = Did.of("demo-agent");

  Did PSP = Did.of("sandbox-pay");
  Did DELEGATIONS = Did.of("sandbox-delegations");
  Did TRUST = Did.of("sandbox-trust");

  /** The credit service, the issuer of association credentials, and the verifier. */
  Did CREDIT = Did.of("sandbox-credit");

  Did CREDIT_ISSUER = Did.of("sandbox-credit-issuer");
  Did CREDIT_VERIFIER = Did.of("sandbox-credit-verifier");

  /** Returns the services that every world has, in the order in which they are listed. */
  static List<Did> services() {
    return List.of(PSP, DELEGATIONS, TRUST, CREDIT, CREDIT_ISSUER, CREDIT_VERIFIER);
  }

  /**
   * Returns the name, which is also the path segment: 1 to 40 of a-z, 0-9 and hyphen, such as
   * {@code demo}.
   */
  String name();

  /** Returns the first key column of every row. A reset changes it, so do not keep it. */
  String partition();

  /**
   * Returns the first key column of the rows that outlive resets; they are removed when the world
   * is deleted.
   */
  String keyPartition();

  Instant createdAt();

  /** Returns 64 hex digits, from which all random choices of the world follow. */
  String seed();

  /**
   * Says whether the keys follow from the seed, as in worlds of earlier versions; such a seed is
   * never shown.
   */
  boolean isSeedSecret();

  WorldSettings settings();

  /** Returns the buyer agent's identity; no other place decides it. */
  default Did agent() {
    return settings().agentKind().did();
  }

  WorldClock clock();

  default WakeUpSchedule agenda() {
    return clock().agenda();
  }

  /** Returns the participant's own clock, which a {@code clock_skew} fault may have set wrong. */
  default ParticipantClock participantClock(Did participant) {
    return new ParticipantClock(
        clock(), () -> faults().clockSkew(participant.name()), participant.name());
  }

  /** Returns the background turns that continue after a request was answered. */
  BackgroundTurns backgroundTurns();

  IdGenerator ids();

  /** Returns the journal for state changes, decisions and exchanges. */
  WorldJournal journal();

  /** Returns the journal for readers: timeline, diagram, live feed. */
  JournalStore journalStore();

  /** Returns the faults of this world. */
  Faults faults();

  /**
   * Returns a number that follows from the world's seed and {@code purpose} and does not reveal the
   * seed.
   */
  long derivedSeed(String purpose);

  /** Returns the public keys of all participants in this world, old ones included. */
  KeyService keys();

  /** Returns the payment PINs of this world, in a form that suffices to mask them. */
  KnownPins knownPins();

  /** Returns the masker for texts of this world that are kept or shown. */
  default SecretMasker secrets() {
    return new SecretMasker(knownPins()::has);
  }

  /** Returns the agents that run outside the sandbox and buy in this world. */
  ExternalAgents externalAgents();

  /** Returns the merchants that run outside the sandbox and take part in this world. */
  ExternalMerchants externalMerchants();

  /** Returns the addresses at which merchants and agents wish to be notified. */
  WebhookEndpoints webhookEndpoints();

  default KeyDirectory directory() {
    return signerId ->
        keys()
            .find(signerId)
            .or(() -> externalAgents().find(signerId))
            .or(() -> externalMerchants().find(signerId));
  }

  /**
   * Returns the keys including those of deregistered agents and removed merchants, to verify what
   * they signed before.
   */
  default KeyDirectory pastDirectory() {
    return signerId ->
        keys()
            .find(signerId)
            .or(() -> externalAgents().remembered(signerId))
            .or(() -> externalMerchants().remembered(signerId));
  }

  /**
   * Returns the signer of a participant of this world, for the wiring that opens the participant.
   *
   * @throws IllegalArgumentException for a principal: {@link Principals#signer} requires a PIN
   */
  Signer signer(Did participant);

  /** Returns the account owners that give authority; the first principal comes first. */
  Principals principals();

  /**
   * Returns a role key of this world, such as {@code act_agent_demo_...}.
   *
   * @param subject the merchant, the external agent or the principal; the key of the first
   *     principal does not name it
   */
  String roleKey(Role role, @Nullable Did subject);

  /**
   * Returns the world's address, such as {@code http://localhost:8080/w/demo}, without a slash at
   * the end.
   */
  URI base();

  /** Returns the address below the world for a path such as {@code /merchants/raileast}. */
  default URI at(String path) {
    return URI.create(base() + path);
  }

  /** Returns the participant of the type and opens it on first use. */
  <P> P participant(Class<P> type);

  /** Returns the participant if it is open, and never waits: for threads that must not block. */
  <P> Optional<P> openParticipant(Class<P> type);
}
