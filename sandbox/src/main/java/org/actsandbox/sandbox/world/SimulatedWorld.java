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
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.protocol.time.Ids;
import org.actsandbox.protocol.time.Strands;
import org.actsandbox.sandbox.fault.Faults;
import org.actsandbox.sandbox.journal.Secrets;
import org.actsandbox.sandbox.journal.WorldJournal;
import org.actsandbox.sandbox.key.ExternalAgents;
import org.actsandbox.sandbox.key.Hmac;
import org.actsandbox.sandbox.key.KeyRotations;
import org.actsandbox.sandbox.key.KeyService;
import org.actsandbox.sandbox.key.KnownPins;
import org.actsandbox.sandbox.key.Principals;
import org.jspecify.annotations.Nullable;

/** A world in memory. */
final class SimulatedWorld implements World, SimulatedClock.Surroundings {

  private final WorldRow row;
  private final WorldWorks works;
  private final byte[] seed;
  private final SimulatedClock clock;
  private final KnownPins knownPins;
  private final WorldJournal journal;
  private final Ids ids;
  private final KeyService keys;
  private final Principals principals;
  private final ExternalAgents externalAgents;
  private final Faults faults;
  private final Participants participants;
  private final Strands strands = new Strands();
  private final Gate gate = new Gate();
  private final AtomicInteger streams = new AtomicInteger();
  private volatile long lastUsedNanos = System.nanoTime();

  SimulatedWorld(WorldRow row, WorldWorks works) {
    this.row = row;
    this.works = works;
    this.seed = HexFormat.of().parseHex(row.seed());
    this.clock = new SimulatedClock(works.machine(), row.clock(), this, this::journal);
    this.knownPins =
        new KnownPins(
                works.pinSecret().key(),
                row.keyPartition(),
                row.settings().principals().stream().map(PrincipalSettings::did).toList(),
                OPENING_PIN)
            .load(works.jdbc(), row.keyPartition());
    this.journal =
        works
            .journals()
            .open(row.partition(), row.journalFrom(), clock, new Secrets(knownPins::has));
    this.ids =
        new SeededIds(
            Hmac.derive(seed, "ids " + row.epoch()), works.blocks().apply(row.partition()));
    this.keys =
        new KeyService(
            row.keySecret(),
            keyHolders(),
            new KeyRotations(works.jdbc(), works.transactions(), row.keyPartition()));
    this.principals =
        new Principals(
            row.settings().principals().stream().map(PrincipalSettings::did).toList(),
            keys::principalSigner);
    this.externalAgents = new ExternalAgents(works.jdbc(), row.keyPartition());
    this.faults =
        new Faults(
            works.faultTable(),
            row.partition(),
            derivedSeed("faults"),
            journal,
            ids,
            () -> clock.agenda().note(clock.instant()));
    this.participants = new Participants(works.factories());
  }

  WorldRow row() {
    return row;
  }

  Gate gate() {
    return gate;
  }

  /** Answers without end that are being sent. */
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
  public Strands strands() {
    return strands;
  }

  @Override
  public Ids ids() {
    return ids;
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

  /** Everybody here, the buyer agent by the name it has in this world, further principals last. */
  private List<Did> keyHolders() {
    var all = new ArrayList<>(List.of(PRINCIPAL, agent(), PSP, DELEGATIONS, TRUST));
    settings().roster().stream().map(MerchantProfile::did).forEach(all::add);
    settings().further().stream().map(PrincipalSettings::did).forEach(all::add);
    return all;
  }

  /**
   * An agent that is not the one of every world is named in its key, the first principal is not.
   */
  @Override
  public String roleKey(Role role, @Nullable Did named) {
    boolean dedicated = named == null && role == Role.AGENT && !agent().equals(World.AGENT);
    var subject = dedicated ? agent() : PRINCIPAL.equals(named) ? null : named;
    return works
        .roleKeys()
        .key(role, row.name(), row.generation(), subject == null ? null : subject.name());
  }

  @Override
  public URI base() {
    return works.addresses().world(row.name());
  }

  @Override
  public <P> P part(Class<P> type) {
    return participants.get(type, this);
  }

  @Override
  public <P> Optional<P> openPart(Class<P> type) {
    return Optional.ofNullable(participants.ifOpen(type));
  }

  @Override
  public List<DueWork> dueWork() {
    return participants.dueWork(this);
  }

  @Override
  public void keep(ClockState state) {
    works.table().keepClock(row.name(), row.generation(), state);
  }

  @Override
  public void wakeAt(Instant machineTime) {
    works.ticker().wakeAt(row.name(), machineTime);
  }

  /** Schedules what waits, as its tables say; after loading. */
  void resumeDueWork() {
    clock.nextDue().ifPresent(clock.agenda()::note);
  }
}
