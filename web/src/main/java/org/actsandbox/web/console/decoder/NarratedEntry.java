package org.actsandbox.web.console.decoder;

import org.jspecify.annotations.Nullable;

/**
 * A journal entry told in a few words.
 *
 * @param to null for something that happened at {@code from} alone
 * @param request words on the arrow there, or of the note
 * @param answer words on the arrow back; empty for none
 * @param label the whole as one sentence
 */
public record NarratedEntry(
    long seq,
    String from,
    @Nullable String to,
    String request,
    String answer,
    String label,
    boolean wrong) {}
