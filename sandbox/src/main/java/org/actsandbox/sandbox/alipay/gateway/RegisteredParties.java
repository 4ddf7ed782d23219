package org.actsandbox.sandbox.alipay.gateway;

import java.time.Instant;
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
  public AlipayParties of(World world, Instant at) {
    var registered = apps.all(world).stream().map(app -> app(app, at)).toList();
    // The platform's key is made at first use, which a world without applications does not need.
    var platform = registered.isEmpty() ? null : platformKey.publicKey();
    return new AlipayParties(
        registered, platform, List::of, List.copyOf(GatewayMethods.NAMES), List.of());
  }

  /** Describes an application as it was at a time, with the key that signed then. */
  private static AlipayParties.App app(AlipayApp app, Instant at) {
    var current =
        app.keys().reversed().stream()
            .filter(key -> !key.validFrom().isAfter(at))
            .findFirst()
            .or(app::currentKey);
    return new AlipayParties.App(
        app.appId(),
        app.account(),
        current.map(AppKey::key).orElse(null),
        app.keys().reversed().stream()
            .filter(key -> current.filter(key::equals).isEmpty())
            .map(AppKey::key)
            .toList(),
        false,
        "");
  }
}
