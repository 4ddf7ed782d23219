package org.actsandbox.sandbox.proxy;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Represents the first line of a request.
 *
 * @param path without the query
 * @param target as it was sent: path and query
 */
record RequestLine(String method, String path, String target) {

  private static final Pattern FORM =
      Pattern.compile("([A-Z]{1,20}) ((/[^ ?#]*)(?:\\?[^ #]*)?) HTTP/1\\.[01]");

  /** Reads the line; empty for anything but a request to an origin server. */
  static Optional<RequestLine> of(HttpHead httpHead) {
    var matcher = FORM.matcher(httpHead.first());
    return matcher.matches()
        ? Optional.of(new RequestLine(matcher.group(1), matcher.group(3), matcher.group(2)))
        : Optional.empty();
  }
}
