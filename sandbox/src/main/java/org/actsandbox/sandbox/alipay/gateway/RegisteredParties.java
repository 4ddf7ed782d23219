package org.actsandbox.sandbox.alipay.gateway;

import java.util.List;
import org.actsandbox.sandbox.alipay.app.AlipayApp;
import org.actsandbox.sandbox.alipay.app.AlipayApp.AppKey;
import org.actsandbox.sandbox.alipay.app.AlipayApps;
import org.actsandbox.sandbox.alipay.app.PlatformKey;
import org.actsandbox.sandbox.doctor.alipay.AlipayParties;
import org.actsandbox.sandbox.doctor.world.GatewayPartiesSource;
import org.actsandbox.sandbox.world.World;
import org.springframework.stereotype.Component;

/**
 * Tells the signature doctor the applications of a world with their keys, and the platform's key.
 */
@Component
final class RegisteredParties implements GatewayPartiesSource {

  private final AlipayApps apps;
  private final PlatformKey platformKey;

  RegisteredParties(AlipayApps apps, PlatformKey platformKey) {
    this.apps = apps;
    this.platformKey = platformKey;
  }

  @Override
  public AlipayParties of(World world) {
    var registered = apps.all(world).stream().map(RegisteredParties::app).toList();
    // The platform's key is made at first use, which a world without applications does not need.
    var platform = registered.isEmpty() ? null : platformKey.publicKey();
    return new AlipayParties(
        registered, platform, List.of(), List.copyOf(GatewayMethods.NAMES), List.of());
  }

  private static AlipayParties.App app(AlipayApp app) {
    return new AlipayParties.App(
        app.appId(),
        app.account(),
        app.currentKey().map(AppKey::key).orElse(null),
        app.keys().reversed().stream().skip(1).map(AppKey::key).toList(),
        false,
        "");
  }
}
