package org.actsandbox.sandbox.world;

import java.net.URI;
import org.actsandbox.sandbox.SandboxSettings;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Knows the addresses at which this server is reached, and which hosts participants may call. */
@Component
public class ServerAddresses {

  private final SandboxSettings sandboxSettings;
  private volatile int port;

  public ServerAddresses(SandboxSettings sandboxSettings) {
    this.sandboxSettings = sandboxSettings;
    this.port = sandboxSettings.port();
  }

  @EventListener
  void listening(WebServerInitializedEvent event) {
    port = event.getWebServer().getPort();
  }

  /**
   * Returns the server's address, such as {@code http://localhost:8080}, without a slash at the
   * end.
   */
  public URI origin() {
    var fixed = sandboxSettings.publicBase();
    if (fixed != null) {
      return URI.create(fixed.toString().replaceAll("/+$", ""));
    }
    return URI.create("http://localhost:" + port);
  }

  public URI world(String name) {
    return URI.create(origin() + "/w/" + name);
  }

  /**
   * Says whether participants may call the address: it is this server's, or its host is in the
   * settings.
   */
  public boolean mayCall(URI target) {
    var host = target.getHost();
    if (host == null
        || !("http".equals(target.getScheme()) || "https".equals(target.getScheme()))) {
      return false;
    }
    var own = origin();
    return (host.equals(own.getHost()) && target.getPort() == own.getPort())
        || sandboxSettings.outboundHosts().contains(host);
  }
}
