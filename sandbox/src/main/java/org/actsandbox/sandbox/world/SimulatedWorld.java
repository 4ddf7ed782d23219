package org.actsandbox.sandbox.world;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.time.BackgroundTurns;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.protocol.time.IdGenerator;
import org.actsandbox.sandbox.external.ExternalMerchants;
import org.actsandbox.sandbox.fault.Faults;
import org.actsandbox.sandbox.journal.SecretMasker;
import org.actsandbox.sandbox.journal.storage.WorldJournal;
import org.actsandbox.sandbox.key.ExternalAgents;
import org.actsandbox.sandbox.key.Hmac;
import org.actsandbox.sandbox.key.KeyRotations;
import org.actsandbox.sandbox.key.KeyService;
import org.actsandbox.sandbox.key.KnownPins;
import org.actsandbox.sandbox.key.Principals;
import org.actsandbox.sandbox.notification.WebhookEndpoints;
import org.actsandbox.sandbox.world.clock.ClockState;
import org.actsandbox.sandbox.world.clock.SimulatedClock;
import org.actsandbox.sandbox.world.clock.WorldClock;
import org.actsandbox.sandbox.world.id.SeededIdGenerator;
import org.jspecify.annotations.Nullable;

/** Implements a world that is in memory. */
final class SimulatedWorld implements World, SimulatedClock.Callbacks {

  private final WorldRow row;
  private final SharedWorldServices services;
  private final byte[] seed;
  private final SimulatedClock clock;
  private final KnownPins knownPins;
  private final WorldJournal journal;
  private final IdGenerator idGenerator;
  private final KeyService keys;
  private final Principals principals;
  private final ExternalAgents externalAgents;
  private final ExternalMerchants externalMerchants;
  private final WebhookEndpoints webhookEndpoints;
  private final Faults faults;
  private final Participants participants;
  private final BackgroundTurns backgroundTurns = new BackgroundTurns();
  private final WorldAdmission worldAdmission = new WorldAdmission();
  private final AtomicInteger streams = new AtomicInteger();
  private volatile long lastUsedNanos = System.nanoTime();

  SimulatedWorld(WorldRow row, SharedWorldServices services) {
    this.row = row;
    this.services = services;
    this.seed = HexFormat.of().parseHex(row.seed());
    this.clock = new SimulatedClock(services.machine(), row.clock(), this, this::journal);
    this.knownPins =
        new KnownPins(
                services.pinSecret().key(),
                row.keyPartition(),
                row.settings().principals().stream().map(PrincipalSettings::did).toList(),
                OPENING_PIN)
            .load(services.jdbc(), row.keyPartition());
    this.journal =
        services
            .journals()
            .open(row.partition(), row.journalFrom(), clock, new SecretMasker(knownPins::has));
    this.idGenerator =
        new SeededIdGenerator(
            Hmac.derive(seed, "ids " + row.epoch()), services.blocks().apply(row.partition()));
    this.keys =
        new KeyService(
            row.keySecret(),
            keyHolders(),
            new KeyRotations(services.jdbc(), services.transactions(), row.keyPartition()));
    this.principals =
        new Principals(
            row.settings().principals().stream().map(PrincipalSettings::did).toList(),
            keys::principalSigner);
    this.externalAgents = new ExternalAgents(services.jdbc(), row.keyPartition());
    this.externalMerchants =
        new ExternalMerchants(services.jdbc(), row.keyPartition(), row.partition());
    this.webhookEndpoints = new WebhookEndpoints(services.jdbc(), row.keyPartition());
    this.faults =
        new Faults(
            services.faultTable(),
            row.partition(),
            derivedSeed("faults"),
            journal,
            idGenerator,
            () -> clock.agenda().wakeAt(clock.instant()));
    this.participants = new Participants(services.factories());
  }

  WorldRow row() {
    return row;
  }

  WorldAdmission admission() {
    return worldAdmission;
  }

  /** Returns the number of event streams that are being sent. */
  AtomicInteger streams() {
    return streams;
  }

  SimulatedWorld touch() {
    lastUsedNanos = System.nanoTime();
    return this;
  }

  long lastUsedNanos() {
    return lastUsedNanos;
  }

  SimulatedClock simulatedClock() {
    return clock;
  }

  Participants participants() {
    return participants;
  }

  @Override
  public String name() {
    return row.name();
  }

  @Override
  public String partition() {
    return row.partition();
  }

  @Override
  public String keyPartition() {
    return row.keyPartition();
  }

  @Override
  public Instant createdAt() {
    return row.createdAt();
  }

  @Override
  public String seed() {
    return row.seed();
  }

  @Override
  public boolean isSeedSecret() {
    return row.keySecret().hex().equals(row.seed());
  }

  @Override
  public WorldSettings settings() {
    return row.settings();
  }

  @Override
  public WorldClock clock() {
    return clock;
  }

  @Override
  public BackgroundTurns backgroundTurns() {
    return backgroundTurns;
  }

  @Override
  public IdGenerator ids() {
    return idGenerator;
  }

  @Override
  public WorldJournal journal() {
    return journal;
  }

  @Override
  public WorldJournal journalStore() {
    return journal;
  }

  @Override
  public Faults faults() {
    return faults;
  }

  @Override
  public long derivedSeed(String purpose) {
    return ByteBuffer.wrap(Hmac.derive(seed, "seed " + purpose)).getLong();
  }

  @Override
  public KeyService keys() {
    return keys;
  }

  @Override
  public KnownPins knownPins() {
    return knownPins;
  }

  @Override
  public ExternalAgents externalAgents() {
    return externalAgents;
  }

  @Override
  public ExternalMerchants externalMerchants() {
    return externalMerchants;
  }

  @Override
  public WebhookEndpoints webhookEndpoints() {
    return webhookEndpoints;
  }

  @Override
  public Signer signer(Did participant) {
    if (principals.has(participant)) {
      throw new IllegalArgumentException("a principal's key is released by its payment PIN only");
    }
    return keys.signer(participant);
  }

  @Override
  public Principals principals() {
    return principals;
  }

  /**
   * Returns all participants with keys: the buyer agent by its name in this world, further
   * principals last.
   */
  private List<Did> keyHolders() {
    var all = new ArrayList<>(List.of(PRINCIPAL, agent()));
    all.addAll(World.services());
    settings().roster().stream().map(MerchantProfile::did).forEach(all::add);
    settings().further().stream().map(PrincipalSettings::did).forEach(all::add);
    return all;
  }

  /**
   * Makes a role key. The key names an agent other than the standard one, and does not name the
   * first principal.
   */
  @Override
  public String roleKey(Role role, @Nullable Did named) {
    boolean dedicated = named == null && role == Role.AGENT && !agent().equals(World.AGENT);
    var subject = dedicated ? agent() : PRINCIPAL.equals(named) ? null : named;
    return services
        .roleKeys()
        .key(role, row.name(), row.generation(), subject == null ? null : subject.name());
  }

  @Override
  public URI base() {
    return services.addresses().world(row.name());
  }

  @Override
  public <P> P participant(Class<P> type) {
    return participants.get(type, this);
  }

  @Override
  public <P> Optional<P> openParticipant(Class<P> type) {
    return Optional.ofNullable(participants.ifOpen(type));
  }

  @Override
  public List<DueWork> dueWork() {
    return participants.dueWork(this);
  }

  @Override
  public void saveState(ClockState state) {
    services.table().updateClock(row.name(), row.generation(), state);
  }

  @Override
  public void wakeAt(Instant machineTime) {
    services.ticker().wakeAt(row.name(), machineTime);
  }

  /** Schedules the due work that is stored in the participants' tables; called after loading. */
  void resumeDueWork() {
    clock.nextDue().ifPresent(clock.agenda()::wakeAt);
  }
}
