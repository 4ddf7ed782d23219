package org.actsandbox.alipay;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;

/** Makes the key pairs of the tests once: an application's and the platform's. */
public final class TestKeys {

  public static final KeyPair APP = pair();
  public static final KeyPair PLATFORM = pair();

  private TestKeys() {}

  public static RSAPrivateCrtKey appPrivate() {
    return (RSAPrivateCrtKey) APP.getPrivate();
  }

  public static RSAPublicKey appPublic() {
    return (RSAPublicKey) APP.getPublic();
  }

  private static KeyPair pair() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
