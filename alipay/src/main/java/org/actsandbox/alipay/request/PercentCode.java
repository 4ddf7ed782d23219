package org.actsandbox.alipay.request;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** Encodes and decodes form values as bytes: {@code +} and {@code %20} are blanks (AIP-84). */
public final class PercentCode {

  private PercentCode() {}

  /** Decodes text in which every character is one byte; a broken code stays as it is. */
  static byte[] decode(String octets) {
    var bytes = new ByteArrayOutputStream(octets.length());
    for (int i = 0; i < octets.length(); i++) {
      char c = octets.charAt(i);
      if (c == '%' && isCode(octets, i)) {
        bytes.write(Integer.parseInt(octets, i + 1, i + 3, 16));
        i += 2;
      } else {
        bytes.write(c == '+' ? ' ' : c);
      }
    }
    return bytes.toByteArray();
  }

  /** Returns whether a {@code %} without two hex digits behind it is in the text. */
  static boolean isBroken(String octets) {
    for (int i = octets.indexOf('%'); i >= 0; i = octets.indexOf('%', i + 1)) {
      if (!isCode(octets, i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isCode(String octets, int at) {
    return at + 2 < octets.length()
        && Character.digit(octets.charAt(at + 1), 16) >= 0
        && Character.digit(octets.charAt(at + 2), 16) >= 0;
  }

  /** Encodes as Java does: a blank becomes {@code +}. */
  public static String encode(String text, Charset charset) {
    return java.net.URLEncoder.encode(text, charset);
  }

  /** Writes the parameters in their order as a query or a form body. */
  public static String form(Map<String, String> parameters, Charset charset) {
    return parameters.entrySet().stream()
        .map(
            entry ->
                encode(entry.getKey(), StandardCharsets.UTF_8)
                    + "="
                    + encode(entry.getValue(), charset))
        .collect(Collectors.joining("&"));
  }
}
