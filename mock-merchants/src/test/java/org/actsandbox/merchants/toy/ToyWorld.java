package org.actsandbox.merchants.toy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.actsandbox.merchants.DepositRules;
import org.actsandbox.merchants.GateRules;
import org.actsandbox.merchants.MerchantIdentity;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.MerchantRoster;
import org.actsandbox.merchants.MerchantWorld;
import org.actsandbox.merchants.endpoint.Merchants;
import org.actsandbox.participant.ParticipantContext;
import org.actsandbox.protocol.attestation.Attestations;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.identity.VerificationKey;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.time.DueWork;

/** Runs a world of two toy merchants, luma-mart (one-way) and bazaar88 (two-way), with a clock. */
public final class ToyWorld implements AutoCloseable {

  public static final Did AGENT = Did.of("demo-agent");
  public static final Did OTHER_AGENT = Did.of("other-agent");
  public static final String MERCHANT = "luma-mart";
  private static final int REQUESTS_PER_SECOND = 1_000;
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final String name;
  private final PooledOutboundClient outbound = new PooledOutboundClient(_ -> true);
  private final Merchants merchants;
  private final ToyPsp psp;
  private final ToyServer server;
  private final List<DueWork> work;
  private final AtomicInteger ids = new AtomicInteger();
  private volatile Instant now;
  public final List<JournalNote> journal = new CopyOnWriteArrayList<>();
  public final List<Instant> wakeUps = new CopyOnWriteArrayList<>();

  /** True if merchants ask the payment service about proofs, as worlds do by default. */
  public final AtomicBoolean verifyOnline = new AtomicBoolean(true);

  private ToyWorld(ToyServer server, String name, Instant start) {
    this.server = server;
    this.name = name;
    this.now = start;
    this.psp = new ToyPsp(() -> now);
    this.merchants =
        Merchants.open(
            this::world,
            this::identity,
            Map.of(MerchantKind.SHOP, ToyVertical::new),
            List.of(MerchantRoster.LUMA_MART, MerchantRoster.BAZAAR88));
    this.work = merchants.dueWork();
    server.add(this);
  }

  public static ToyWorld open(ToyServer server) {
    return new ToyWorld(
        server, "toy-" + COUNT.incrementAndGet(), Instant.parse("2026-11-25T08:00:00Z"));
  }

  /** Opens the same world after a restart: what was only in memory is gone. */
  public ToyWorld reopen(ToyServer restarted) {
    return new ToyWorld(restarted, name, now);
  }

  private MerchantWorld world(MerchantProfile profile) {
    return new MerchantWorld(
        new ParticipantContext(
            name,
            profile.did(),
            () -> now,
            ZoneId.of("Asia/Shanghai"),
            server.jdbc(),
            server.transactions(),
            this::nextId,
            journal::add,
            wakeUps::add,
            key(profile.did(), 1),
            ToyWorld::agentKey,
            outbound,
            false,
            Attestations.NONE),
        42,
        new MerchantWorld.PspLink(ToyPsp.DID, base("psp")),
        new MerchantWorld.CreditLink(
            Did.of("toy-verifier"), base("verifier"), DepositRules.STANDARD),
        new GateRules(verifyOnline::get, true),
        REQUESTS_PER_SECOND);
  }

  private String nextId(String kind) {
    var prefix = Long.toString(System.identityHashCode(this), 36);
    return "%s-%s-%d".formatted(kind, prefix, ids.incrementAndGet());
  }

  private static Optional<VerificationKey> agentKey(String signerId) {
    return List.of(AGENT, OTHER_AGENT).stream()
        .map(agent -> key(agent, 1).publicKey())
        .filter(key -> key.signerId().equals(signerId))
        .findFirst();
  }

  private MerchantIdentity identity(MerchantProfile profile) {
    return new MerchantIdentity(base("merchants/" + profile.id()), profile::id);
  }

  private URI base(String path) {
    return URI.create("http://127.0.0.1:%d/w/%s/%s".formatted(server.port(), name, path));
  }

  static Ed25519KeyPair key(Did did, int number) {
    try {
      var seed =
          MessageDigest.getInstance("SHA-256")
              .digest(did.key(number).getBytes(StandardCharsets.UTF_8));
      return new Ed25519KeyPair(did.key(number), seed);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  public String name() {
    return name;
  }

  public Merchants merchants() {
    return merchants;
  }

  public ToyPsp psp() {
    return psp;
  }

  public Instant now() {
    return now;
  }

  public ToyAgent agent() {
    return new ToyAgent(this, base("merchants/" + MERCHANT), key(AGENT, 1));
  }

  public ToyAgent agentAt(String merchant) {
    return new ToyAgent(this, base("merchants/" + merchant), key(AGENT, 1));
  }

  public ToyAgent otherAgent() {
    return new ToyAgent(this, base("merchants/" + MERCHANT), key(OTHER_AGENT, 1));
  }

  /** Moves the clock only: due work is not done. */
  public void pass(Duration time) {
    now = now.plus(time);
  }

  /** Moves the clock and does the work that is due, in the order of its time. */
  public void advance(Duration time) {
    pass(time);
    for (var next = earliest(); next.isPresent(); next = earliest()) {
      next.get().fireDue(now);
    }
  }

  private Optional<DueWork> earliest() {
    return work.stream()
        .filter(due -> due.nextDue().filter(at -> !at.isAfter(now)).isPresent())
        .min(Comparator.comparing(due -> due.nextDue().orElseThrow()));
  }

  /** Waits until the journal holds the event, at most ten seconds of real time. */
  public JournalNote awaitEvent(String event) {
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (System.nanoTime() < deadline) {
      var found = journal.stream().filter(note -> note.event().equals(event)).findFirst();
      if (found.isPresent()) {
        return found.get();
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("no " + event + " in " + events());
  }

  public List<String> events() {
    return journal.stream().map(JournalNote::event).toList();
  }

  public int left(String item) {
    return server
        .jdbc()
        .sql("select units from toy_stock where world = ? and merchant = ? and item = ?")
        .params(name, MERCHANT, item)
        .query((row, _) -> row.getInt(1))
        .optional()
        .orElse(ToyVertical.UNITS);
  }

  /** Runs {@code racer} on many threads at once and returns the results. */
  public static <T> List<T> race(int racers, Callable<T> racer) throws Exception {
    var start = new CountDownLatch(1);
    // Platform threads take turns: H2 asks without a pause for a row that another has (ADR 132).
    try (var pool = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory())) {
      var results =
          IntStream.range(0, racers)
              .mapToObj(
                  _ ->
                      pool.submit(
                          () -> {
                            start.await();
                            return racer.call();
                          }))
              .toList();
      start.countDown();
      var all = new ArrayList<T>();
      for (var result : results) {
        all.add(result.get(30, TimeUnit.SECONDS));
      }
      return all;
    }
  }

  @Override
  public void close() {
    merchants.close();
    outbound.close();
  }
}
