package org.actsandbox.sandbox.alipay.endpoint;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.actsandbox.alipay.key.RsaKeyWriter;
import org.actsandbox.sandbox.alipay.app.AlipayApp;
import org.actsandbox.sandbox.alipay.app.AlipayNumbers;
import org.actsandbox.sandbox.alipay.app.AppRegistration.RegisteredApp;
import org.actsandbox.sandbox.alipay.app.PlatformKey;
import org.actsandbox.sandbox.alipay.app.SdkSettings;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;

/**
 * Represents an application with everything that its program must know.
 *
 * @param sellerId the owner's number
 * @param buyerIds numbers of the world's principals, for buyer scripts
 * @param alipayPublicKey the platform's public key, with which the program verifies answers; it is
 *     not the application's
 * @param keys the application's public keys, oldest first; the last one signs
 * @param privateKeyPkcs8 the private key as Java reads it, if the sandbox made it just now; it is
 *     answered this once
 * @param privateKeyPkcs1 the same key as all other SDKs read it
 * @param settings ready settings by SDK, each a file to copy; the private key is in them when it is
 *     in the answer
 */
record AlipayAppView(
    String appId,
    String name,
    String owner,
    String ownerKind,
    String sellerId,
    List<String> buyerIds,
    String gateway,
    String cashier,
    String alipayPublicKey,
    String alipayPublicKeyFingerprint,
    List<KeyView> keys,
    @Nullable String privateKeyPkcs8,
    @Nullable String privateKeyPkcs1,
    List<SdkSettings.SettingsFile> settings) {

  record KeyView(String publicKey, String fingerprint, String source, Instant validFrom) {}

  static AlipayAppView of(World world, RegisteredApp registered, PlatformKey platformKey) {
    var app = registered.app();
    var settings = SdkSettings.of(world, app, platformKey, registered.made());
    return new AlipayAppView(
        app.appId(),
        app.name(),
        app.owner().value(),
        app.ownerKind().name().toLowerCase(java.util.Locale.ROOT),
        app.account(),
        world.principals().dids().stream().map(did -> AlipayNumbers.account(world, did)).toList(),
        world.at("/gateway.do").toString(),
        world.at("/openclawpay/agent/v1/pay").toString(),
        platformKey.publicText(),
        platformKey.fingerprint(),
        app.keys().stream().map(AlipayAppView::key).toList(),
        registered.made().map(RsaKeyWriter::pkcs8).orElse(null),
        registered.made().map(RsaKeyWriter::pkcs1).orElse(null),
        settings.files());
  }

  static AlipayAppView of(World world, AlipayApp app, PlatformKey platformKey) {
    return of(world, new RegisteredApp(app, Optional.empty()), platformKey);
  }

  private static KeyView key(AlipayApp.AppKey key) {
    return new KeyView(
        RsaKeyWriter.spki(key.key()), key.fingerprint(), key.source(), key.validFrom());
  }

  /** Leaves the private key out. */
  @Override
  public String toString() {
    return "AlipayAppView[" + appId + "]";
  }
}
