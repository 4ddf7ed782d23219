package org.actsandbox.sandbox.alipay.seller;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import org.actsandbox.alipay.client.GatewayClient.Caller;
import org.actsandbox.alipay.key.RsaKeyWriter;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.sandbox.alipay.app.AlipayApp;
import org.actsandbox.sandbox.alipay.app.AlipayApps;
import org.actsandbox.sandbox.alipay.app.AppRegistration;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;

/**
 * Gives a seller of the world an application with a key pair. The pair follows from the world's
 * secret, so no private key is stored; another Java that derived another pair would register it as
 * a new key.
 */
final class SellerApplication {

  static final String NAME = "service pages";

  private final World world;
  private final AlipayApps apps;
  private final AppRegistration registration;
  private final Did seller;
  private @Nullable RSAPrivateCrtKey key;

  SellerApplication(World world, AlipayApps apps, AppRegistration registration, Did seller) {
    this.world = world;
    this.apps = apps;
    this.registration = registration;
    this.seller = seller;
  }

  /** Represents an application with the key that signs for it. */
  record SigningApp(AlipayApp app, RSAPrivateCrtKey key) {

    Caller caller() {
      return new Caller(app.appId(), key);
    }

    @Override
    public String toString() {
      return "SigningApp[" + app.appId() + "]";
    }
  }

  /**
   * Returns the application; it is registered at first use, and again if an operator removed it.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal {@code limit_exceeded}
   */
  synchronized SigningApp get() {
    var pair = key == null ? derived() : key;
    key = pair;
    var publicKey = RsaKeyWriter.spki(publicKey(pair));
    var fingerprint = RsaKeyWriter.fingerprint(publicKey(pair));
    var known =
        apps.all(world).stream()
            .filter(app -> app.owner().equals(seller) && app.name().equals(NAME))
            .findFirst();
    if (known.isEmpty()) {
      return new SigningApp(registration.add(world, seller.value(), NAME, publicKey).app(), pair);
    }
    boolean signs =
        known.get().currentKey().filter(each -> each.fingerprint().equals(fingerprint)).isPresent();
    return new SigningApp(
        signs ? known.get() : registration.changeKey(world, known.get().appId(), publicKey).app(),
        pair);
  }

  private RSAPrivateCrtKey derived() {
    try {
      var random = SecureRandom.getInstance("SHA1PRNG");
      // Seeded before its first use, this generator repeats itself.
      random.setSeed(world.keys().derived("alipay application of " + seller));
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048, random);
      return (RSAPrivateCrtKey) generator.generateKeyPair().getPrivate();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static RSAPublicKey publicKey(RSAPrivateCrtKey key) {
    try {
      return (RSAPublicKey)
          KeyFactory.getInstance("RSA")
              .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
