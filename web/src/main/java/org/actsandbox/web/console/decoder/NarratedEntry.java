package org.actsandbox.web.console.decoder;

import org.jspecify.annotations.Nullable;

/**
 * Is a journal entry told in a few words.
 *
 * @param from DID of the participant that sent the request or recorded the event
 * @param to DID of the receiver; null for an event, which has none
 * @param request text on the arrow of the request, or of the event's note
 * @param answer text on the arrow of the answer; empty for none
 * @param label the whole entry as one sentence
 * @param wrong true for an error or a refusal
 */
public record NarratedEntry(
    long seq,
    String from,
    @Nullable String to,
    String request,
    String answer,
    String label,
    boolean wrong) {}
