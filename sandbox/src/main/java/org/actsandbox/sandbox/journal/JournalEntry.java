package org.actsandbox.sandbox.journal;

import java.time.Instant;
import java.util.Map;
import org.actsandbox.protocol.journal.JournalNote;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One line of a world's journal, as stored and as the API shows it.
 *
 * @param seq gapless and ordered within the world
 * @param at the world's time
 * @param recordedAt the machine's time
 * @param actor DID of who did it; for an exchange, of who called
 * @param peer DID of who answered, for exchanges
 * @param component ACT component, {@code CID-CART-CFM}; empty where none applies
 * @param ids what ties it to other entries: {@code intent_id}, {@code order_no}, {@code trade_no},
 *     …
 * @param data for an exchange see {@link JournalExchange}
 */
public record JournalEntry(
    long seq,
    Instant at,
    Instant recordedAt,
    String actor,
    @Nullable String peer,
    JournalNote.Kind kind,
    String component,
    String event,
    Map<String, String> ids,
    JsonNode data) {}
