package org.actsandbox.sandbox.doctor;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Is an HTTP request or answer as people paste it: a first line, headers, an empty line, a body.
 *
 * @param method empty for an answer
 * @param target path with query, as sent; empty for an answer
 * @param headers by name in lower case
 */
record HttpMessageText(String method, String target, Map<String, String> headers, String body) {

  private static final Pattern REQUEST_LINE =
      Pattern.compile("([A-Z]{3,10}) (\\S{1,20000})(?: HTTP/[0-9.]+)?");
  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/[0-9.]+ [0-9]{3}.*");

  static Optional<HttpMessageText> read(String text) {
    int lineEnd = text.indexOf('\n');
    var first = (lineEnd < 0 ? text : text.substring(0, lineEnd)).strip();
    var request = REQUEST_LINE.matcher(first);
    boolean isRequest = request.matches();
    if (!isRequest && !STATUS_LINE.matcher(first).matches()) {
      return Optional.empty();
    }
    var headers = new LinkedHashMap<String, String>();
    int at = lineEnd < 0 ? text.length() : lineEnd + 1;
    while (at < text.length()) {
      int end = text.indexOf('\n', at);
      var line = text.substring(at, end < 0 ? text.length() : end);
      at = end < 0 ? text.length() : end + 1;
      if (line.isBlank()) {
        break;
      }
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
            line.substring(colon + 1).strip());
      }
    }
    return Optional.of(
        new HttpMessageText(
            isRequest ? request.group(1) : "",
            isRequest ? request.group(2) : "",
            headers,
            text.substring(at)));
  }

  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /** Returns the query of the target without its question mark; empty for none. */
  String query() {
    int mark = target.indexOf('?');
    return mark < 0 ? "" : target.substring(mark + 1);
  }

  /** Returns the target without scheme and host, which a proxy or the SDK for Python sends too. */
  String pathAndQuery() {
    int scheme = target.indexOf("://");
    int path = scheme < 0 ? 0 : target.indexOf('/', scheme + 3);
    return path < 0 ? "/" : target.substring(path);
  }
}
