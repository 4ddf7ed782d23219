package org.actsandbox.sandbox.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.SerializableString;

/**
 * Is a JSON text in UTF-8 that is put into another one as it is: from the bytes in which it was
 * written, without a string between them.
 */
final class CopiedText extends ByteArrayOutputStream implements SerializableString {

  /** The answer to a JSON writer whose buffer has no room for the text. */
  private static final int NO_ROOM = -1;

  CopiedText(int size) {
    super(size);
  }

  int capacity() {
    return buf.length;
  }

  @Override
  public String getValue() {
    return toString(StandardCharsets.UTF_8);
  }

  @Override
  public int charLength() {
    return getValue().length();
  }

  @Override
  public byte[] asUnquotedUTF8() {
    return toByteArray();
  }

  @Override
  public int appendUnquotedUTF8(byte[] target, int offset) {
    if (target.length - offset < count) {
      return NO_ROOM;
    }
    System.arraycopy(buf, 0, target, offset, count);
    return count;
  }

  @Override
  public int appendUnquoted(char[] target, int offset) {
    var text = getValue();
    if (target.length - offset < text.length()) {
      return NO_ROOM;
    }
    text.getChars(0, text.length(), target, offset);
    return text.length();
  }

  @Override
  public int writeUnquotedUTF8(OutputStream out) throws IOException {
    writeTo(out);
    return count;
  }

  @Override
  public int putUnquotedUTF8(ByteBuffer target) {
    if (target.remaining() < count) {
      return NO_ROOM;
    }
    target.put(buf, 0, count);
    return count;
  }

  @Override
  public char[] asQuotedChars() {
    throw isNoText();
  }

  @Override
  public byte[] asQuotedUTF8() {
    throw isNoText();
  }

  @Override
  public int appendQuotedUTF8(byte[] target, int offset) {
    throw isNoText();
  }

  @Override
  public int appendQuoted(char[] target, int offset) {
    throw isNoText();
  }

  @Override
  public int writeQuotedUTF8(OutputStream out) {
    throw isNoText();
  }

  @Override
  public int putQuotedUTF8(ByteBuffer target) {
    throw isNoText();
  }

  private static IllegalStateException isNoText() {
    return new IllegalStateException("a whole JSON value is never written between quotes");
  }
}
