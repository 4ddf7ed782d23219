package org.actsandbox.sandbox.journal.storage;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.rule.ActComponent;
import org.springframework.stereotype.Component;

/**
 * Counts the events that participants report to the journal, and shows how far its writer is
 * behind.
 */
@Component
public class JournalMetrics {

  private final MeterRegistry registry;
  private final Map<Payment, Counter> payments = new ConcurrentHashMap<>();
  private final Map<JournalNote.Kind, Counter> notes = new ConcurrentHashMap<>();

  JournalMetrics(MeterRegistry registry, JournalWriter writer) {
    this.registry = registry;
    Gauge.builder("act.journal.waiting", writer, JournalWriter::waiting)
        .description("Journal entries that are noted and not yet stored")
        .register(registry);
    Gauge.builder("act.journal.lag", writer, JournalWriter::lagSeconds)
        .description("Age of the oldest journal entry that is not yet stored")
        .baseUnit("seconds")
        .register(registry);
  }

  private record Payment(ActComponent component, String state) {}

  public void noted(JournalNote note) {
    notes.computeIfAbsent(note.kind(), this::counter).increment();
    var component = note.component();
    if (component != null
        && JournalEvent.PAYMENT_STATE_CHANGED.is(note.event())
        && note.data().get("to") instanceof String state) {
      payments.computeIfAbsent(new Payment(component, state), this::counter).increment();
    }
  }

  private Counter counter(JournalNote.Kind kind) {
    return Counter.builder("act.journal.notes")
        .description("Events that participants reported to journals, by kind")
        .tag("kind", kind.name())
        .register(registry);
  }

  private Counter counter(Payment payment) {
    return Counter.builder("act.payments")
        .description(
            "Payments that reached a state, by ACT component; WAIT_SELLER_FULFILLMENT is paid")
        .tag("component", payment.component().code())
        .tag("state", payment.state())
        .register(registry);
  }
}
