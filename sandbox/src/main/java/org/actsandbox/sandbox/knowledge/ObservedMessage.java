package org.actsandbox.sandbox.knowledge;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something one participant told another, or left in the journal about itself.
 *
 * @param to null for a note: who writes it down knows it
 * @param evidence said to whoever decides a dispute
 * @param whole false when the journal kept only a part of it
 */
record ObservedMessage(
    long seq,
    String from,
    @Nullable String to,
    List<TextPiece> pieces,
    boolean evidence,
    boolean whole) {}
