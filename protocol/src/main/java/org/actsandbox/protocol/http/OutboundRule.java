package org.actsandbox.protocol.http;

import java.net.InetAddress;
import java.net.URI;

/** Decides which addresses an outbound client may call. */
@FunctionalInterface
public interface OutboundRule {

  /** Says whether the target may be called; asked before its host name is resolved. */
  boolean allows(URI target);

  /**
   * Says whether a connection to the address may be made; asked at each connection for each address
   * that the host name resolved to, because a name can resolve to another address the next time
   * (DNS rebinding).
   */
  default boolean allows(String host, InetAddress address) {
    return true;
  }
}
