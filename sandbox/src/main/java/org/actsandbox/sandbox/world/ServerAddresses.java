package org.actsandbox.sandbox.world;

import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.actsandbox.protocol.http.OutboundRule;
import org.actsandbox.sandbox.SandboxSettings;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Knows the addresses at which this server is reached, and which hosts participants may call. */
@Component
public class ServerAddresses {

  /** Names of this machine for itself; a name besides them may resolve to anything. */
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

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
    return isOrigin(target)
        || (sandboxSettings.nodes().enabled() && isAt(target, listener()))
        || sandboxSettings.outboundHosts().contains(host);
  }

  /** Says whether the address is below {@link #origin()}. */
  public boolean isOrigin(URI target) {
    return isAt(target, origin());
  }

  private static boolean isAt(URI target, URI server) {
    return server.getHost().equals(target.getHost()) && target.getPort() == server.getPort();
  }

  /** Returns the address at which this process reaches itself, also behind a balancer. */
  public URI listener() {
    var bind = sandboxSettings.bind();
    boolean all = bind.equals("0.0.0.0") || bind.equals("::");
    var host = all ? "127.0.0.1" : bind.contains(":") ? "[" + bind + "]" : bind;
    return URI.create("http://" + host + ":" + port);
  }

  /**
   * Returns the rule for calls to merchants outside the sandbox: a host in the settings, or, while
   * only this machine reaches the server, this machine itself, as its users can call it anyway.
   * This server is never a merchant outside, because it would call itself without end.
   */
  public OutboundRule merchantRule() {
    return new OutboundRule() {
      @Override
      public boolean allows(URI target) {
        var host = host(target);
        return hasHttpAddress(target)
            && !isThisServer(target)
            && (isListed(host) || (sandboxSettings.loopback() && LOOPBACK.contains(host)));
      }

      @Override
      public boolean allows(String host, InetAddress address) {
        return isListed(host.toLowerCase(Locale.ROOT)) || address.isLoopbackAddress();
      }
    };
  }

  private boolean isListed(String host) {
    return sandboxSettings.outboundHosts().contains(host);
  }

  private static boolean hasHttpAddress(URI target) {
    return target.getHost() != null
        && target.getRawUserInfo() == null
        && ("http".equals(target.getScheme()) || "https".equals(target.getScheme()));
  }

  private static String host(URI target) {
    return target.getHost() == null ? "" : target.getHost().toLowerCase(Locale.ROOT);
  }

  /** Says whether an address is one of this server. */
  public boolean isThisServer(URI target) {
    var own = origin();
    return (LOOPBACK.contains(host(target)) && target.getPort() == port)
        || (host(target).equals(host(own)) && target.getPort() == own.getPort());
  }
}
