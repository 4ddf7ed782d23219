package org.actsandbox.protocol.journal;

import java.util.Map;
import org.actsandbox.protocol.rule.ActComponent;
import org.jspecify.annotations.Nullable;

/**
 * One state change, decision or refusal, as its participant reports it.
 *
 * @param actor DID of the participant it happened to
 * @param kind what kind of entry this is
 * @param component the ACT component it belongs to; null for what is the sandbox's own
 * @param event short stable name, such as {@code hold-placed}, {@code payment-state-changed}
 * @param ids what ties it to other entries; keys from {@link JournalIds}
 * @param data free detail, JSON-able, no secrets, no account numbers
 */
public record JournalNote(
    String actor,
    Kind kind,
    @Nullable ActComponent component,
    String event,
    Map<String, String> ids,
    Map<String, ?> data) {

  /** EXCHANGE is written by the edge alone. */
  public enum Kind {
    EXCHANGE,
    STATE,
    DECISION,
    REFUSAL,
    FAULT,
    CLOCK
  }

  /** A component as entries have it: empty where there is none. */
  public static String code(@Nullable ActComponent component) {
    return component == null ? "" : component.code();
  }
}
