package org.actsandbox.alipay.request;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.actsandbox.alipay.request.GatewayRequest.RawParameter;
import org.actsandbox.alipay.request.WireParameter.Place;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text parts of a multipart body. Parts with a file name are left out: files are not
 * signed, and no method of the gateway takes one.
 */
final class MultipartForm {

  private static final Pattern BOUNDARY =
      Pattern.compile("boundary=(?:\"([^\"]{1,200})\"|([^;\\s]{1,200}))");

  private static final Pattern NAME = Pattern.compile("[;\\s]name=\"([^\"]{0,200})\"");

  private MultipartForm() {}

  static Optional<String> boundary(@Nullable String contentType) {
    if (contentType == null
        || !contentType.strip().toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
      return Optional.empty();
    }
    var found = BOUNDARY.matcher(contentType);
    // A missing boundary makes the body unreadable, and no form either.
    return Optional.of(
        !found.find() ? "" : found.group(1) != null ? found.group(1) : found.group(2));
  }

  /** Returns false if the body is no multipart body with this boundary. */
  static boolean read(String octets, String boundary, List<RawParameter> into) {
    if (boundary.isEmpty()) {
      return false;
    }
    var delimiter = "--" + boundary;
    int at = octets.indexOf(delimiter);
    while (at >= 0) {
      int start = at + delimiter.length();
      if (octets.startsWith("--", start)) {
        return true;
      }
      int headEnd = octets.indexOf("\r\n\r\n", start);
      int next = octets.indexOf("\r\n" + delimiter, start);
      if (headEnd < 0 || next < headEnd) {
        return false;
      }
      var head = octets.substring(start, headEnd);
      var name = NAME.matcher(head);
      if (name.find() && !head.contains("filename=")) {
        var utf8 = name.group(1).getBytes(StandardCharsets.ISO_8859_1);
        var value = next < headEnd + 4 ? "" : octets.substring(headEnd + 4, next);
        into.add(new RawParameter(new String(utf8, StandardCharsets.UTF_8), value, Place.PART));
      }
      at = next + 2;
    }
    return false;
  }
}
