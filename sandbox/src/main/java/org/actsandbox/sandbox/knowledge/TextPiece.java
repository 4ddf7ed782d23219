package org.actsandbox.sandbox.knowledge;

/**
 * A text in a message, as it is after decoding.
 *
 * @param where it stands, encodings included: {@code request.note > base64 > max}
 * @param field the name it stands under; empty for none
 */
record TextPiece(String where, String field, String text) {}
