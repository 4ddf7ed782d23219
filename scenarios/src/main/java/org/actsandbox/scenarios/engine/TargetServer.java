package org.actsandbox.scenarios.engine;

import java.net.URI;
import org.actsandbox.protocol.http.OutboundClient;
import org.jspecify.annotations.Nullable;

/**
 * The sandbox scenarios are played against.
 *
 * @param origin such as {@code http://localhost:8080}, without a trailing slash
 * @param adminKey needed to make worlds where others can reach the server
 */
public record TargetServer(URI origin, @Nullable String adminKey, OutboundClient outbound) {

  @Override
  public String toString() {
    return "Server[" + origin + "]";
  }
}
