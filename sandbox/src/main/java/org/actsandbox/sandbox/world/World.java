package org.actsandbox.sandbox.world;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.time.BackgroundTurns;
import org.actsandbox.protocol.time.IdGenerator;
import org.actsandbox.protocol.time.WakeUpSchedule;
import org.actsandbox.sandbox.fault.Faults;
import org.actsandbox.sandbox.journal.JournalStore;
import org.actsandbox.sandbox.journal.SecretMasker;
import org.actsandbox.sandbox.journal.storage.WorldJournal;
import org.actsandbox.sandbox.key.ExternalAgents;
import org.actsandbox.sandbox.key.KeyService;
import org.actsandbox.sandbox.key.KnownPins;
import org.actsandbox.sandbox.key.Principals;
import org.actsandbox.sandbox.world.clock.ParticipantClock;
import org.actsandbox.sandbox.world.clock.WorldClock;
import org.jspecify.annotations.Nullable;

/**
 * One isolated simulation. Domain code gets single things of it (clock, ids, journal, its signer),
 * never the world.
 */
public interface World {

  ZoneId ZONE = WorldClock.ZONE;

  /** The principal's payment PIN when a world begins, as the documentation prints it. */
  String OPENING_PIN = "246810";

  /** The first principal, whom every world has; all of them: {@link #principals()}. */
  Did PRINCIPAL = Principals.FIRST;

  /** Where the buyer agent is found, whatever name it signs with: {@link #agent()}. */
  Did AGENT = Did.of("demo-agent");

  Did PSP = Did.of("sandbox-pay");
  Did DELEGATIONS = Did.of("sandbox-delegations");
  Did TRUST = Did.of("sandbox-trust");

  /** {@code demo}: 1 to 40 of a-z, 0-9 and hyphen; the path segment. */
  String name();

  /** First key column of every row; another one after a reset, so never keep it. */
  String partition();

  /** Likewise, of rows that outlive resets and go when the world is deleted. */
  String keyPartition();

  Instant createdAt();

  /** 64 hex digits; chance follows from it. */
  String seed();

  /**
   * Whether the keys follow from the seed as well, as they do in worlds of earlier versions: then
   * the seed is answered to no one.
   */
  boolean isSeedSecret();

  WorldSettings settings();

  /** The buyer agent's identity; the one place that decides it. */
  default Did agent() {
    return settings().agentKind().did();
  }

  WorldClock clock();

  default WakeUpSchedule agenda() {
    return clock().agenda();
  }

  /** The participant's own clock, which a {@code clock_skew} fault may have set wrong. */
  default ParticipantClock participantClock(Did participant) {
    return new ParticipantClock(
        clock(), () -> faults().clockSkew(participant.name()), participant.name());
  }

  /** Who goes on by itself after a request was answered. */
  BackgroundTurns backgroundTurns();

  IdGenerator ids();

  /** Where state changes, decisions and exchanges are left. */
  WorldJournal journal();

  /** The journal for readers: timeline, diagram, live feed. */
  JournalStore journalStore();

  /** What misbehaves on purpose in this world. */
  Faults faults();

  /** A number that follows from the world's seed and {@code purpose}; not a secret of the seed. */
  long derivedSeed(String purpose);

  /** Public keys of everybody in this world, old ones included. */
  KeyService keys();

  /** The payment PINs of this world, as far as it takes to mask them. */
  KnownPins knownPins();

  /** What must not be read of this world, in texts that are kept or shown. */
  default SecretMasker secrets() {
    return new SecretMasker(knownPins()::has);
  }

  /** Agents that live outside and shop here. */
  ExternalAgents externalAgents();

  default KeyDirectory directory() {
    return signerId -> keys().find(signerId).or(() -> externalAgents().find(signerId));
  }

  /** Also keys of agents that are registered no more, to verify what they signed before. */
  default KeyDirectory pastDirectory() {
    return signerId -> keys().find(signerId).or(() -> externalAgents().remembered(signerId));
  }

  /**
   * The signer of a participant of this world, for the wiring that opens the participant.
   *
   * @throws IllegalArgumentException for a principal: {@link Principals#signer} wants a PIN
   */
  Signer signer(Did participant);

  /** Who owns accounts here and gives authority; the first one first. */
  Principals principals();

  /**
   * A role key of this world: {@code act_agent_demo_...}; {@code subject} of the merchant, of an
   * external agent, or of a principal: the first one's key does not name it.
   */
  String roleKey(Role role, @Nullable Did subject);

  /** {@code http://localhost:8080/w/demo}, without a slash at the end. */
  URI base();

  /** {@code base()} with {@code /merchants/raileast} or the like appended. */
  default URI at(String path) {
    return URI.create(base() + path);
  }

  /** The participant of the type, opened on first use. */
  <P> P participant(Class<P> type);

  /** Likewise, but never opens: for threads that must not wait. */
  <P> Optional<P> openParticipant(Class<P> type);
}
