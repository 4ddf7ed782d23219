package org.actsandbox.sandbox.edge;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.actsandbox.protocol.http.CallerAddress;
import org.actsandbox.sandbox.SandboxSettings;
import org.actsandbox.sandbox.world.ServerAddresses;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;

/**
 * Says under which address the caller of a request reaches this server, for addresses in answers
 * that are for the caller alone. Signed documents and what is compared with them have the fixed
 * address of {@link ServerAddresses} instead (docs/operations.md).
 */
@Component
class CallerOrigin {

  private static final Pattern AUTHORITY =
      Pattern.compile("(?:\\[[0-9a-fA-F:]{2,45}]|[A-Za-z0-9.-]{1,253})(?::[0-9]{1,5})?");

  private final SandboxSettings sandboxSettings;
  private final ServerAddresses serverAddresses;
  private final Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  CallerOrigin(SandboxSettings sandboxSettings, ServerAddresses serverAddresses) {
    this.sandboxSettings = sandboxSettings;
    this.serverAddresses = serverAddresses;
    names.addAll(knownNames(sandboxSettings));
  }

  CallerAddress of(ServerHttpRequest request) {
    return new CallerAddress(serverAddresses.origin(), used(request));
  }

  /** Returns the names under which the server certainly answers. */
  static Set<String> knownNames(SandboxSettings sandboxSettings) {
    var names = new TreeSet<String>(String.CASE_INSENSITIVE_ORDER);
    names.addAll(Set.of("localhost", "127.0.0.1", "[::1]"));
    names.addAll(sandboxSettings.allowedHosts());
    var publicBase = sandboxSettings.publicBase();
    if (publicBase != null && publicBase.getHost() != null) {
      names.add(publicBase.getHost());
    }
    return names;
  }

  /**
   * Returns scheme, name and port, without a slash at the end. A configured public address always
   * counts. A name that the server does not know counts for nothing, because every caller can claim
   * one.
   */
  private URI used(ServerHttpRequest request) {
    if (sandboxSettings.publicBase() != null) {
      return serverAddresses.origin();
    }
    var headers = request.getHeaders();
    boolean proxied = isTrusted(request.getRemoteAddress());
    var forwarded = proxied ? first(headers, "X-Forwarded-Host") : null;
    var host = forwarded == null ? headers.getFirst(HttpHeaders.HOST) : forwarded;
    if (host == null || !isKnown(host, request.getLocalAddress())) {
      return serverAddresses.origin();
    }
    var protocol = proxied ? first(headers, "X-Forwarded-Proto") : null;
    return URI.create(("https".equals(protocol) ? "https://" : "http://") + host);
  }

  private boolean isTrusted(@Nullable InetSocketAddress remote) {
    return remote != null
        && remote.getAddress() != null
        && sandboxSettings.trustedProxies().contains(remote.getAddress().getHostAddress());
  }

  /** Knows configured names, and the address at which the connection arrived. */
  private boolean isKnown(String host, @Nullable InetSocketAddress local) {
    var name = nameOf(host);
    return isAuthority(host)
        && (names.contains(name)
            || (local != null
                && local.getAddress() != null
                && local.getAddress().getHostAddress().equals(name)));
  }

  private static boolean isAuthority(String host) {
    return AUTHORITY.matcher(host).matches();
  }

  /** Returns the first value: a chain of proxies appends its own. */
  private static @Nullable String first(HttpHeaders headers, String header) {
    var value = headers.getFirst(header);
    return value == null || value.isBlank() ? null : value.split(",", 2)[0].strip();
  }

  /** Returns the name in a Host header, without its port. */
  static String nameOf(@Nullable String host) {
    if (host == null) {
      return "";
    }
    int port = host.lastIndexOf(':');
    var name = port > host.lastIndexOf(']') ? host.substring(0, port) : host;
    return name.toLowerCase(Locale.ROOT);
  }
}
