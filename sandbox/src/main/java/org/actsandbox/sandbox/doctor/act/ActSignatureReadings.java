package org.actsandbox.sandbox.doctor.act;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.actsandbox.protocol.attestation.Base64Url;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureCause;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureReading;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text of a signature: as base64url without padding, which is the right form, and as what
 * it may be instead. Only the comparison with a text and a key tells which reading is the right
 * one.
 */
final class ActSignatureReadings {

  private static final Pattern HEX = Pattern.compile("(?:[0-9a-fA-F]{2}){32,1024}");
  private static final Pattern BLANKS = Pattern.compile("[\\s\"']");
  private static final int RAW_ES256 = 64;
  private static final int DER_SEQUENCE = 0x30;

  private final List<SignatureReading> found = new ArrayList<>();

  private ActSignatureReadings() {}

  /** Returns the readings, the right form first if the text has it. */
  static List<SignatureReading> of(String text) {
    var readings = new ActSignatureReadings();
    readings.read(null, text, 0);
    return List.copyOf(readings.found);
  }

  private void read(@Nullable SignatureCause cause, String text, int depth) {
    Base64Url.decode(text).ifPresent(bytes -> add(cause, bytes, depth));
    lenient(text).ifPresent(bytes -> add(firstOf(cause, base64Cause(text)), bytes, depth));
    if (HEX.matcher(text).matches()) {
      add(firstOf(cause, SignatureCause.SIGNATURE_HEX), HexFormat.of().parseHex(text), depth);
    }
    if (depth > 0) {
      return;
    }
    var bare = BLANKS.matcher(text).replaceAll("");
    if (!bare.equals(text)) {
      read(SignatureCause.SIGNATURE_WITH_BLANKS, bare, 1);
      // In a form, a plus sign that nobody encoded arrives as a blank.
      read(SignatureCause.SIGNATURE_WITH_BLANKS, text.strip().replace(' ', '+'), 1);
    }
    if (text.indexOf('%') >= 0) {
      percentDecoded(text)
          .ifPresent(decoded -> read(SignatureCause.SIGNATURE_PERCENT_ENCODED, decoded, 1));
    }
  }

  private static SignatureCause firstOf(@Nullable SignatureCause cause, SignatureCause other) {
    return cause == null ? other : cause;
  }

  private void add(@Nullable SignatureCause cause, byte[] bytes, int depth) {
    found.add(new SignatureReading(cause, bytes));
    rawOfDer(bytes)
        .ifPresent(
            raw ->
                found.add(new SignatureReading(firstOf(cause, SignatureCause.SIGNATURE_DER), raw)));
    if (depth == 0 && bytes.length >= RAW_ES256 && isAscii(bytes)) {
      var inner = new ActSignatureReadings();
      inner.read(null, new String(bytes, StandardCharsets.US_ASCII).strip(), 1);
      inner.found.forEach(
          reading ->
              found.add(
                  new SignatureReading(
                      firstOf(cause, SignatureCause.SIGNATURE_ENCODED_TWICE), reading.bytes())));
    }
  }

  private static boolean isAscii(byte[] bytes) {
    for (byte each : bytes) {
      if (each < ' ' && each != '\n' && each != '\r') {
        return false;
      }
    }
    return true;
  }

  private static SignatureCause base64Cause(String text) {
    if (text.indexOf('+') >= 0 || text.indexOf('/') >= 0) {
      return SignatureCause.SIGNATURE_STANDARD_BASE64;
    }
    return text.indexOf('=') >= 0
        ? SignatureCause.SIGNATURE_PADDED
        : SignatureCause.SIGNATURE_TRUNCATED;
  }

  /** Reads both alphabets, with or without padding and spare bits. */
  private static Optional<byte[]> lenient(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '=') {
      end--;
    }
    var core = text.substring(0, end).replace('+', '-').replace('/', '_');
    if (Base64Url.decode(text).isPresent() || core.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Base64.getUrlDecoder().decode(core));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private static Optional<String> percentDecoded(String text) {
    try {
      return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException notEncoded) {
      return Optional.empty();
    }
  }

  /** Turns an ECDSA signature in DER (SEQUENCE of two INTEGER) into 64 bytes, r and then s. */
  private static Optional<byte[]> rawOfDer(byte[] der) {
    if (der.length < 8 || der.length > 72 || der[0] != DER_SEQUENCE || der[1] != der.length - 2) {
      return Optional.empty();
    }
    var raw = new ByteArrayOutputStream();
    int at = 2;
    for (int part = 0; part < 2; part++) {
      if (at + 2 > der.length || der[at] != 2 || at + 2 + der[at + 1] > der.length) {
        return Optional.empty();
      }
      int length = der[at + 1];
      if (length < 1) {
        return Optional.empty();
      }
      var number = new BigInteger(1, Arrays.copyOfRange(der, at + 2, at + 2 + length));
      var bytes = number.toByteArray();
      int skip = Math.max(0, bytes.length - RAW_ES256 / 2);
      raw.writeBytes(new byte[RAW_ES256 / 2 - (bytes.length - skip)]);
      raw.write(bytes, skip, bytes.length - skip);
      at += 2 + length;
    }
    return raw.size() == RAW_ES256 ? Optional.of(raw.toByteArray()) : Optional.empty();
  }
}
