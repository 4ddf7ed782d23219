package org.actsandbox.protocol.refusal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Is the first place where the signed bytes differ from those that the signature must cover.
 *
 * @param at the byte, from 0
 * @param expected what must stand around that place
 * @param signed what was signed around that place
 * @param expectedHex the bytes of {@code expected}, hexadecimal
 * @param signedHex the bytes of {@code signed}, hexadecimal
 */
public record ByteDifference(
    int at, String expected, String signed, String expectedHex, String signedHex) {

  /** In bytes, on each side of the place. */
  private static final int AROUND = 24;

  /** Returns empty if both are equal. */
  public static Optional<ByteDifference> between(byte[] expected, byte[] signed) {
    int at = Arrays.mismatch(expected, signed);
    if (at < 0) {
      return Optional.empty();
    }
    var right = around(expected, at);
    var wrong = around(signed, at);
    var hex = HexFormat.ofDelimiter(" ");
    return Optional.of(
        new ByteDifference(
            at,
            new String(right, StandardCharsets.UTF_8),
            new String(wrong, StandardCharsets.UTF_8),
            hex.formatHex(right),
            hex.formatHex(wrong)));
  }

  private static byte[] around(byte[] bytes, int at) {
    int from = Math.max(0, at - AROUND);
    int to = Math.min(bytes.length, at + AROUND);
    return from >= to ? new byte[0] : Arrays.copyOfRange(bytes, from, to);
  }
}
