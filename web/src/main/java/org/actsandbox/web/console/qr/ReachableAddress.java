package org.actsandbox.web.console.qr;

import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.actsandbox.protocol.http.CallerAddress;
import org.actsandbox.sandbox.SandboxSettings;
import org.actsandbox.sandbox.world.ServerAddresses;
import org.springframework.stereotype.Component;

/** Finds the address under which a phone in the same network reaches this server. */
@Component
public class ReachableAddress {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Set<String> ALL_INTERFACES = Set.of("0.0.0.0", "::");

  private final SandboxSettings sandboxSettings;
  private final ServerAddresses serverAddresses;

  ReachableAddress(SandboxSettings sandboxSettings, ServerAddresses serverAddresses) {
    this.sandboxSettings = sandboxSettings;
    this.serverAddresses = serverAddresses;
  }

  /**
   * Returns the public address, the one that the reader uses if it is not this machine's own name
   * for itself, or the one that the server is bound to.
   *
   * @return without a slash at the end; empty if only this machine reaches the server
   */
  public Optional<URI> origin(CallerAddress reader) {
    if (sandboxSettings.publicBase() != null) {
      return Optional.of(serverAddresses.origin());
    }
    var host = reader.used().getHost();
    if (host != null && !LOOPBACK.contains(host)) {
      return Optional.of(reader.used());
    }
    if (sandboxSettings.loopback()) {
      return Optional.empty();
    }
    var bound =
        ALL_INTERFACES.contains(sandboxSettings.bind())
            ? addressOfThisMachine()
            : Optional.of(
                sandboxSettings.bind().contains(":")
                    ? "[" + sandboxSettings.bind() + "]"
                    : sandboxSettings.bind());
    return bound.map(
        name -> URI.create("http://" + name + ":" + serverAddresses.origin().getPort()));
  }

  /** Returns an address of the local network; one of the whole internet only if there is none. */
  private static Optional<String> addressOfThisMachine() {
    var addresses = addresses();
    return Stream.concat(
            addresses.stream().filter(Inet4Address::isSiteLocalAddress), addresses.stream())
        .map(Inet4Address::getHostAddress)
        .findFirst();
  }

  private static List<Inet4Address> addresses() {
    try {
      return NetworkInterface.networkInterfaces()
          .filter(ReachableAddress::isUp)
          .flatMap(NetworkInterface::inetAddresses)
          .filter(Inet4Address.class::isInstance)
          .map(Inet4Address.class::cast)
          .filter(each -> !each.isLoopbackAddress() && !each.isLinkLocalAddress())
          .toList();
    } catch (SocketException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static boolean isUp(NetworkInterface each) {
    try {
      return each.isUp() && !each.isLoopback() && !each.isPointToPoint();
    } catch (SocketException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
