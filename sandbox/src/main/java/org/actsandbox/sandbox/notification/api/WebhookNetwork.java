package org.actsandbox.sandbox.notification.api;

import java.net.URI;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.sandbox.world.ServerAddresses;
import org.springframework.stereotype.Component;

/**
 * Calls webhook endpoints and callbacks by the rule for merchants outside. It has connections of
 * its own, so that a slow or hostile receiver takes nothing from the world's participants.
 */
@Component
public class WebhookNetwork implements AutoCloseable {

  private final ServerAddresses addresses;
  private final PooledOutboundClient client;

  WebhookNetwork(ServerAddresses addresses) {
    this.addresses = addresses;
    this.client = new PooledOutboundClient(addresses.merchantRule());
  }

  /** Says whether this address may be called. */
  public boolean mayCall(URI target) {
    return addresses.merchantRule().allows(target);
  }

  /** Calls an address, as {@link OutboundClient#send} does. */
  public OutboundClient.Answer send(OutboundClient.Call call) {
    return client.send(call);
  }

  @Override
  public void close() {
    client.close();
  }
}
