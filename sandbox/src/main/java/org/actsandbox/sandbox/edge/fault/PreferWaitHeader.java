package org.actsandbox.sandbox.edge.fault;

import java.time.Duration;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;

/** Reads how long a caller waits for the answer from {@code Prefer: wait=10} (RFC 7240). */
public final class PreferWaitHeader {

  /** Wait of a caller that does not state one; longer than any delay by a fault. */
  private static final Duration UNKNOWN = Duration.ofDays(1);

  private static final Pattern WAIT = Pattern.compile("(?:^|[,;\\s])wait=(\\d{1,5})(?:$|[,;\\s])");

  private PreferWaitHeader() {}

  public static Duration of(HttpHeaders headers) {
    for (var preference : headers.getOrEmpty("Prefer")) {
      var wait = WAIT.matcher(preference);
      if (wait.find()) {
        return Duration.ofSeconds(Long.parseLong(wait.group(1)));
      }
    }
    return UNKNOWN;
  }
}
