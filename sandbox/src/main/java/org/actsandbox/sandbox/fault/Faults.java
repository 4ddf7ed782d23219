package org.actsandbox.sandbox.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.actsandbox.protocol.journal.Journal;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.time.IdGenerator;

/** Decides, lists and stores the faults of one world. */
public final class Faults {

  /** Limit of faults, because every request is compared with all of them. */
  private static final int MAX_FAULTS = 100;

  private final FaultTable table;
  private final String partition;
  private final long seed;
  private final Journal journal;
  private final IdGenerator idGenerator;
  private final Runnable clockChanged;
  private final Map<String, ArmedFault> armed = new ConcurrentSkipListMap<>();
  private final MagicValueHistory magicValueHistory = new MagicValueHistory();
  private final HeldNotifications heldNotifications = new HeldNotifications();
  private volatile List<Fault> clockFaults;

  /**
   * @param clockChanged called when a participant's clock was set wrong or right: the times of
   *     waiting work must be computed again
   */
  public Faults(
      FaultTable table,
      String partition,
      long seed,
      Journal journal,
      IdGenerator idGenerator,
      Runnable clockChanged) {
    this.table = table;
    this.partition = partition;
    this.seed = seed;
    this.journal = journal;
    this.idGenerator = idGenerator;
    this.clockChanged = clockChanged;
    for (var status : table.all(partition)) {
      armed.put(status.fault().id(), arm(status, freeRandomIndex(status.fault())));
    }
    this.clockFaults = clockFaults();
  }

  /** Represents a fault that happens to a request, with the random numbers for its parameters. */
  public record Decision(Fault fault, SplittableRandom random) {

    /** Returns the delay in milliseconds: mostly near the median, rarely far from it. */
    public long delayMillis() {
      if (!fault.isSet("median_ms")) {
        return fault.number("ms");
      }
      double median = Double.parseDouble(fault.text("median_ms"));
      double sigma = Double.parseDouble(fault.text("sigma"));
      return Math.round(median * Math.exp(sigma * random.nextGaussian()));
    }
  }

  public List<Fault.Status> list() {
    return armed.values().stream().map(ArmedFault::status).toList();
  }

  public boolean isEmpty() {
    return armed.isEmpty();
  }

  /**
   * Arms a fault.
   *
   * @throws Refusal {@code invalid_field}, or {@code limit_exceeded} at 100 faults
   */
  public synchronized Fault.Status add(FaultRequest request) {
    if (armed.size() >= MAX_FAULTS) {
      throw new Refusal(Problem.LIMIT_EXCEEDED, "this world has enough faults")
          .expected("at most " + MAX_FAULTS)
          .remedy("Delete one first.");
    }
    var status = new Fault.Status(request.checked(idGenerator.next("F")), 0, 0);
    table.insert(partition, status.fault());
    armed.put(status.fault().id(), arm(status, freeRandomIndex(status.fault())));
    changed(status.fault());
    note(JournalEvent.FAULT_ADDED, status.fault());
    return status;
  }

  public Fault.Status enable(String id, boolean enabled) {
    var found = find(id);
    var before = found.status();
    var fault = before.fault();
    var changed =
        new Fault.Status(
            new Fault(
                fault.id(),
                fault.name(),
                fault.participant(),
                fault.operation(),
                fault.probability(),
                fault.after(),
                fault.count(),
                fault.parameters(),
                enabled),
            before.matched(),
            before.fired());
    table.update(partition, changed);
    armed.put(id, arm(changed, found.randomIndex()));
    changed(fault);
    note(enabled ? JournalEvent.FAULT_ENABLED : JournalEvent.FAULT_DISABLED, fault);
    return changed;
  }

  public void remove(String id) {
    var fault = find(id).fault();
    armed.remove(id);
    table.delete(partition, id);
    changed(fault);
    note(JournalEvent.FAULT_REMOVED, fault);
  }

  public void clear() {
    list().forEach(status -> remove(status.fault().id()));
  }

  /**
   * Returns how far the participant's clock is ahead of the world's; fast while no clock is wrong.
   */
  public Duration clockSkew(String participant) {
    var faults = clockFaults;
    var ahead = Duration.ZERO;
    for (var fault : faults) {
      if (fault.participant().equals("*") || fault.participant().equals(participant)) {
        ahead = ahead.plusSeconds(fault.number("seconds"));
      }
    }
    return ahead;
  }

  /**
   * Decides which faults happen to a request, in the order of their ids.
   *
   * @param path below the participant
   */
  public List<Decision> decide(String participant, String method, String path) {
    return decide(participant, method, path, fault -> fault.name().isPerRequest());
  }

  /**
   * Decides which faults happen to a request at a proxy: only those that name the proxy, and that a
   * proxy can cause.
   */
  public List<Decision> decideAtProxy(
      String proxy, String method, String path, Set<FaultName> possible) {
    return decide(
        proxy,
        method,
        path,
        fault -> fault.participant().equals(proxy) && possible.contains(fault.name()));
  }

  private List<Decision> decide(
      String participant, String method, String path, Predicate<Fault> possible) {
    var decisions = new ArrayList<Decision>();
    for (var each : armed.values()) {
      if (possible.test(each.fault())) {
        var random = each.decide(participant, method, path);
        random.ifPresent(draw -> decisions.add(new Decision(each.fault(), draw)));
      }
    }
    return decisions;
  }

  /** Says whether this is the first request with the magic value. */
  public boolean isFirst(MagicValue magic, String request) {
    return magicValueHistory.isFirst(magic, request);
  }

  /** Says whether the notification must still wait for the next one of its trade. */
  public boolean holds(String tradeNo, String notificationId, Instant now) {
    return heldNotifications.holds(tradeNo, notificationId, now);
  }

  /** Makes the notification wait for the next one of its trade; once per trade, else false. */
  public boolean hold(Fault fault, String tradeNo, String notificationId, Instant now) {
    return heldNotifications.hold(
        tradeNo, notificationId, now.plusSeconds(fault.number("hold_seconds")));
  }

  /**
   * Records in the journal that a fault happened, and stores its counters; waits for the database.
   *
   * @param participant DID of the participant to which the request went
   * @param ids ids that link it to the other entries of the purchase
   */
  public void recordFired(
      Decision decision, String participant, String operation, Map<String, String> ids) {
    var fault = decision.fault();
    var current = armed.get(fault.id());
    if (current != null) {
      table.update(partition, current.status());
    }
    journal.note(
        new JournalNote(
            participant,
            JournalNote.Kind.FAULT,
            null,
            fault.name().code(),
            ids,
            Map.of(
                "fault_id", fault.id(),
                "operation", operation,
                "parameters", fault.parameters())));
  }

  private void changed(Fault fault) {
    if (fault.name() == FaultName.CLOCK_SKEW) {
      clockFaults = clockFaults();
      clockChanged.run();
    }
    if (armed.values().stream()
        .noneMatch(each -> each.fault().name() == FaultName.REORDERED_NOTIFICATION)) {
      heldNotifications.forget();
    }
  }

  private List<Fault> clockFaults() {
    return armed.values().stream()
        .map(ArmedFault::fault)
        .filter(fault -> fault.enabled() && fault.name() == FaultName.CLOCK_SKEW)
        .toList();
  }

  private ArmedFault find(String id) {
    return Optional.ofNullable(armed.get(id))
        .orElseThrow(
            () ->
                new Refusal(Problem.NOT_FOUND, "this world has no such fault")
                    .at("id")
                    .observed(id));
  }

  /** Arms a fault; equal faults must not have the same random numbers. */
  private ArmedFault arm(Fault.Status status, int randomIndex) {
    return new ArmedFault(status.fault(), seed, randomIndex, status.matched(), status.fired());
  }

  private int freeRandomIndex(Fault fault) {
    var key = ArmedFault.randomKey(fault);
    var taken =
        armed.values().stream()
            .filter(each -> ArmedFault.randomKey(each.fault()).equals(key))
            .map(ArmedFault::randomIndex)
            .collect(Collectors.toSet());
    return IntStream.iterate(0, randomIndex -> randomIndex + 1)
        .filter(randomIndex -> !taken.contains(randomIndex))
        .findFirst()
        .orElseThrow();
  }

  private void note(JournalEvent event, Fault fault) {
    journal.note(
        new JournalNote(
            "operator",
            JournalNote.Kind.FAULT,
            event,
            Map.of(),
            // The whole fault, because after its removal it can be seen nowhere else.
            Map.of(
                "fault_id",
                fault.id(),
                "name",
                fault.name(),
                "operation",
                fault.operation(),
                "fault",
                Json.tree(fault))));
  }
}
