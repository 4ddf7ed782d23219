package org.actsandbox.protocol.journal;

import java.util.Map;
import org.actsandbox.protocol.rule.ActComponent;
import org.jspecify.annotations.Nullable;

/**
 * One state change, decision or refusal that a participant reports.
 *
 * @param actor DID of the participant to which it happened
 * @param component the ACT component to which it belongs; null for the sandbox's own events
 * @param event code of a {@link JournalEvent}, or the name of a problem or a fault
 * @param ids identifiers that connect it with other entries; keys from {@link JournalIds}
 * @param data free details that can be written as JSON, without secrets and account numbers
 */
public record JournalNote(
    String actor,
    Kind kind,
    @Nullable ActComponent component,
    String event,
    Map<String, String> ids,
    Map<String, ?> data) {

  /** Notes an event under its own component. */
  public JournalNote(
      String actor, Kind kind, JournalEvent event, Map<String, String> ids, Map<String, ?> data) {
    this(actor, kind, event.component(), event.code(), ids, data);
  }

  /**
   * Notes an event that belongs to several components under one of them.
   *
   * @param component null where the event is the sandbox's own
   */
  public JournalNote(
      String actor,
      Kind kind,
      @Nullable ActComponent component,
      JournalEvent event,
      Map<String, String> ids,
      Map<String, ?> data) {
    this(actor, kind, component, event.code(), ids, data);
  }

  /** Lists the kinds of entries; only the edge writes EXCHANGE. */
  public enum Kind {
    EXCHANGE,
    STATE,
    DECISION,
    REFUSAL,
    FAULT,
    CLOCK
  }

  /** Returns the code of a component for a journal entry; empty text if there is none. */
  public static String code(@Nullable ActComponent component) {
    return component == null ? "" : component.code();
  }
}
