package org.actsandbox.sandbox.journal;

import java.time.Instant;
import java.util.Map;
import org.actsandbox.protocol.journal.JournalNote;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Represents one line of a world's journal, as stored and as the API shows it.
 *
 * @param seq gapless and ordered within the world
 * @param at the world's time
 * @param recordedAt the machine's time
 * @param actor DID of the participant that acted; for an exchange, of the caller
 * @param peer DID of the participant that answered; null unless it is an exchange
 * @param component ACT component, {@code CID-CART-CFM}; empty where none applies
 * @param ids ids that link it to other entries: {@code intent_id}, {@code order_no}, {@code
 *     trade_no}, …
 * @param data data of the event; for an exchange see {@link JournalExchange}
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
