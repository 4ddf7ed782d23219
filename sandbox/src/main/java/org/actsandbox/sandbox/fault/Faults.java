package org.actsandbox.sandbox.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentSkipListMap;
import org.actsandbox.protocol.journal.Journal;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.time.Ids;

/** The faults of one world. */
public final class Faults {

  /** Every request looks at all of them. */
  private static final int MAX = 100;

  private final FaultTable table;
  private final String partition;
  private final long seed;
  private final Journal journal;
  private final Ids ids;
  private final Map<String, ArmedFault> armed = new ConcurrentSkipListMap<>();

  public Faults(FaultTable table, String partition, long seed, Journal journal, Ids ids) {
    this.table = table;
    this.partition = partition;
    this.seed = seed;
    this.journal = journal;
    this.ids = ids;
    for (var status : table.all(partition)) {
      armed.put(status.fault().id(), arm(status));
    }
  }

  /** A fault that happens to this request, and the randomness of its knobs. */
  public record Decision(Fault fault, SplittableRandom random) {}

  public List<Fault.Status> list() {
    return armed.values().stream().map(ArmedFault::status).toList();
  }

  public boolean isEmpty() {
    return armed.isEmpty();
  }

  /**
   * @throws Refusal {@code invalid_field}, or {@code limit_exceeded} at 100 faults
   */
  public Fault.Status add(FaultOrder order) {
    if (armed.size() >= MAX) {
      throw new Refusal(Problem.LIMIT_EXCEEDED, "this world has enough faults")
          .expected("at most " + MAX)
          .remedy("Delete one first.");
    }
    var status = new Fault.Status(order.checked(ids.next("F")), 0, 0);
    table.insert(partition, status.fault());
    armed.put(status.fault().id(), arm(status));
    note("fault-added", status.fault());
    return status;
  }

  public Fault.Status enable(String id, boolean enabled) {
    var before = find(id).status();
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
    armed.put(id, arm(changed));
    note(enabled ? "fault-enabled" : "fault-disabled", fault);
    return changed;
  }

  public void remove(String id) {
    var fault = find(id).fault();
    armed.remove(id);
    table.delete(partition, id);
    note("fault-removed", fault);
  }

  public void clear() {
    list().forEach(status -> remove(status.fault().id()));
  }

  /**
   * What happens to a request, in the order the faults were made; each decision is journalled.
   *
   * @param path below the participant
   */
  public List<Decision> decide(String participant, String method, String path) {
    var decisions = new ArrayList<Decision>();
    for (var each : armed.values()) {
      var random = each.decide(participant, method, path);
      random.ifPresent(draw -> decisions.add(new Decision(each.fault(), draw)));
    }
    return decisions;
  }

  /** Writes down that it happened and keeps the counters over a restart; waits for the database. */
  public void happened(Decision decision, String method, String path) {
    var fault = decision.fault();
    var current = armed.get(fault.id());
    if (current != null) {
      table.update(partition, current.status());
    }
    journal.note(
        new JournalNote(
            fault.participant(),
            JournalNote.Kind.FAULT,
            "",
            fault.name().code(),
            Map.of(),
            Map.of("fault_id", fault.id(), "operation", method + " " + path)));
  }

  private ArmedFault find(String id) {
    return Optional.ofNullable(armed.get(id))
        .orElseThrow(
            () ->
                new Refusal(Problem.NOT_FOUND, "this world has no such fault")
                    .at("id")
                    .observed(id));
  }

  private ArmedFault arm(Fault.Status status) {
    return new ArmedFault(status.fault(), seed, status.matched(), status.fired());
  }

  private void note(String event, Fault fault) {
    journal.note(
        new JournalNote(
            "operator",
            JournalNote.Kind.FAULT,
            "",
            event,
            Map.of(),
            Map.of("fault_id", fault.id(), "name", fault.name(), "operation", fault.operation())));
  }
}
