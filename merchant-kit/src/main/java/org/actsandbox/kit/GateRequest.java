package org.actsandbox.kit;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request for a paid resource, with its whole body: the bill is for exactly these bytes.
 *
 * @param method in upper case
 * @param target path and query as they were sent, such as {@code /report?day=1}
 * @param headers all values by name; names in any case
 */
@SuppressWarnings("ArrayRecordComponent") // a whole request, never compared
public record GateRequest(
    String method, String target, Map<String, List<String>> headers, byte[] body) {

  /** The longest body of a request, in bytes, that the adapters of this kit read. */
  public static final int MAX_BODY = 1024 * 1024;

  public GateRequest {
    method = method.toUpperCase(Locale.ROOT);
    var byName = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach((name, values) -> byName.put(name, List.copyOf(values)));
    headers = byName;
  }

  /** Returns the first value of a header; null if it is not there. */
  public @Nullable String header(String name) {
    var values = headers.get(name);
    return values == null || values.isEmpty() ? null : values.getFirst();
  }

  /** Shows neither headers nor body, because a proof may be in them. */
  @Override
  public String toString() {
    return "GateRequest[%s %s, %d bytes]".formatted(method, target, body.length);
  }
}
