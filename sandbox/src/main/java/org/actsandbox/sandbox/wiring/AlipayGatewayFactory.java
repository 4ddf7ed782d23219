package org.actsandbox.sandbox.wiring;

import org.actsandbox.sandbox.alipay.app.AlipayApps;
import org.actsandbox.sandbox.alipay.app.PlatformKey;
import org.actsandbox.sandbox.alipay.gateway.AlipayGateway;
import org.actsandbox.sandbox.alipay.gateway.AlipaySettingsStore;
import org.actsandbox.sandbox.psp.endpoint.Psp;
import org.actsandbox.sandbox.world.ParticipantFactory;
import org.actsandbox.sandbox.world.World;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Opens the gateway of a world, which uses the payment service's name and trades. */
@Component
class AlipayGatewayFactory implements ParticipantFactory<AlipayGateway> {

  private final JdbcClient jdbc;
  private final AlipayGateway.ServerParts parts;

  AlipayGatewayFactory(
      JdbcClient jdbc, AlipayApps apps, PlatformKey platformKey, AlipaySettingsStore settings) {
    this.jdbc = jdbc;
    this.parts = new AlipayGateway.ServerParts(apps, platformKey, settings);
  }

  @Override
  public Class<AlipayGateway> type() {
    return AlipayGateway.class;
  }

  @Override
  public AlipayGateway open(World world) {
    return new AlipayGateway(
        world, world.participant(Psp.class), jdbc, parts, page -> ConsoleAddress.of(world, page));
  }
}
