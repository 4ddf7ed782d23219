package org.actsandbox.sandbox.doctor.alipay;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureCause;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureReading;
import org.jspecify.annotations.Nullable;

/** Reads {@code sign} as standard Base64, and as what it may be instead (AIP-216 to AIP-221). */
final class SignReadings {

  private static final Pattern HEX = Pattern.compile("(?:[0-9a-fA-F]{2}){64,1024}");
  private static final Pattern BREAKS = Pattern.compile("[\\s\"']");
  private static final int SHORTEST = 64;

  private final List<SignatureReading> found = new ArrayList<>();

  private SignReadings() {}

  /** Returns the readings, the right form first if the text has it. */
  static List<SignatureReading> of(String text) {
    var readings = new SignReadings();
    readings.read(null, text, 0);
    return List.copyOf(readings.found);
  }

  private void read(@Nullable SignatureCause cause, String text, int depth) {
    if (HEX.matcher(text).matches()) {
      add(first(cause, SignatureCause.SIGN_HEX_OR_ENCODED_TWICE), HexFormat.of().parseHex(text));
    }
    base64(text).ifPresent(bytes -> addWithInner(cause, bytes, depth));
    if (text.indexOf('-') >= 0 || text.indexOf('_') >= 0) {
      base64(text.replace('-', '+').replace('_', '/'))
          .ifPresent(bytes -> add(first(cause, SignatureCause.SIGN_BASE64URL), bytes));
    }
    if (depth > 0) {
      return;
    }
    var stripped = text.strip();
    if (stripped.indexOf(' ') >= 0) {
      read(SignatureCause.SIGN_PLUS_AS_BLANK, stripped.replace(' ', '+'), 1);
    }
    var bare = BREAKS.matcher(text).replaceAll("");
    if (!bare.equals(text)) {
      read(SignatureCause.SIGN_WITH_BREAKS, bare, 1);
    }
    if (text.indexOf('%') >= 0) {
      try {
        var decoded = URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        read(SignatureCause.SIGN_PERCENT_ENCODED, decoded, 1);
      } catch (IllegalArgumentException brokenCode) {
        // A text with a broken percent code has no such reading; the others remain.
        return;
      }
    }
  }

  private static SignatureCause first(@Nullable SignatureCause cause, SignatureCause other) {
    return cause == null ? other : cause;
  }

  private void add(@Nullable SignatureCause cause, byte[] bytes) {
    found.add(new SignatureReading(cause, bytes));
  }

  private void addWithInner(@Nullable SignatureCause cause, byte[] bytes, int depth) {
    add(cause, bytes);
    if (depth == 0 && isAscii(bytes)) {
      var inner = new SignReadings();
      inner.read(null, new String(bytes, StandardCharsets.US_ASCII).strip(), 1);
      inner.found.forEach(
          reading -> add(first(cause, SignatureCause.SIGN_HEX_OR_ENCODED_TWICE), reading.bytes()));
    }
  }

  private static boolean isAscii(byte[] bytes) {
    for (byte each : bytes) {
      if (each < ' ' && each != '\n' && each != '\r') {
        return false;
      }
    }
    return bytes.length >= SHORTEST;
  }

  private static Optional<byte[]> base64(String text) {
    try {
      var bytes = Base64.getDecoder().decode(text);
      return bytes.length == 0 ? Optional.empty() : Optional.of(bytes);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}
