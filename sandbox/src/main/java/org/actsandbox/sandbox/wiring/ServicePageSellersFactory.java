package org.actsandbox.sandbox.wiring;

import org.actsandbox.sandbox.alipay.app.AlipayApps;
import org.actsandbox.sandbox.alipay.app.AppRegistration;
import org.actsandbox.sandbox.alipay.app.PlatformKey;
import org.actsandbox.sandbox.alipay.seller.ServicePageSellers;
import org.actsandbox.sandbox.world.ParticipantFactory;
import org.actsandbox.sandbox.world.World;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Opens the sellers of a world that bill their services in Alipay's form. */
@Component
class ServicePageSellersFactory implements ParticipantFactory<ServicePageSellers> {

  private final JdbcClient jdbc;
  private final ParticipantContexts contexts;
  private final ServicePageSellers.ServerParts parts;

  ServicePageSellersFactory(
      JdbcClient jdbc,
      ParticipantContexts contexts,
      AlipayApps apps,
      AppRegistration registration,
      PlatformKey platformKey) {
    this.jdbc = jdbc;
    this.contexts = contexts;
    this.parts = new ServicePageSellers.ServerParts(apps, registration, platformKey);
  }

  @Override
  public Class<ServicePageSellers> type() {
    return ServicePageSellers.class;
  }

  @Override
  public ServicePageSellers open(World world) {
    return new ServicePageSellers(
        world, jdbc, parts, merchant -> contexts.of(world, merchant).outbound());
  }
}
