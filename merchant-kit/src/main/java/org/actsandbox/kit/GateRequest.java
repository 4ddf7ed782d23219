package org.actsandbox.kit;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
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

  /**
   * Returns the time of the request: the world's, which the sandbox tells in {@code Act-Time}, or
   * the machine's without that header; in whole milliseconds.
   *
   * @throws RequestRefusedException {@code invalid_field} if the header is not a time
   */
  public Instant time(InstantSource machineTime) {
    var told = header("Act-Time");
    try {
      return (told == null ? machineTime.instant() : Instant.parse(told))
          .truncatedTo(ChronoUnit.MILLIS);
    } catch (DateTimeException malformed) {
      throw new RequestRefusedException(
          new Refusal(Problem.INVALID_FIELD, "Act-Time is not a time")
              .at("Act-Time")
              .expected("a time in UTC such as 2026-11-25T01:00:00Z"));
    }
  }

  /** Shows neither headers nor body, because a proof may be in them. */
  @Override
  public String toString() {
    return "GateRequest[%s %s, %d bytes]".formatted(method, target, body.length);
  }
}
