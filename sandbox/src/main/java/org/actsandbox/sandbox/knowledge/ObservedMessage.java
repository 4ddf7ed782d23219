package org.actsandbox.sandbox.knowledge;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Represents a message between two participants, or a participant's note, divided into its texts.
 *
 * @param to receiver; null for a note, which its author knows
 * @param evidence whether it was sent to the dispute service, or deposits a record for it
 * @param whole false when the journal kept only a part of it
 */
record ObservedMessage(
    long seq,
    String from,
    @Nullable String to,
    List<TextPiece> pieces,
    boolean evidence,
    boolean whole) {}
