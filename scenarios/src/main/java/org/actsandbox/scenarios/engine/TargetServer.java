package org.actsandbox.scenarios.engine;

import java.net.URI;
import org.actsandbox.protocol.http.OutboundClient;
import org.jspecify.annotations.Nullable;

/**
 * Represents the sandbox against which scenarios are played.
 *
 * @param origin such as {@code http://localhost:8080}, without a trailing slash
 * @param adminKey the admin key, needed to make worlds if the server can be reached from other
 *     machines
 */
public record TargetServer(URI origin, @Nullable String adminKey, OutboundClient outbound) {

  @Override
  public String toString() {
    return "TargetServer[" + origin + "]";
  }
}
