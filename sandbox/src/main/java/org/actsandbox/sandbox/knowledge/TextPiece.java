package org.actsandbox.sandbox.knowledge;

/**
 * Represents a text in a message, after decoding.
 *
 * @param where place in the message, with encodings: {@code request.note > base64 > max}
 * @param field name of its field; empty for none
 */
record TextPiece(String where, String field, String text) {}
