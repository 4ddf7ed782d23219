package org.actsandbox.protocol.identity;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;

/** Provides key pairs for tests; the slow kinds are made only once. */
public final class TestKeys {

  public static final KeyPair RSA = pair("RSA", 2048);
  public static final KeyPair P256 = pair("secp256r1");

  /** Returns the same pair for the same id and seed. */
  public static Ed25519KeyPair ed25519(String signerId, int seed) {
    var bytes = new byte[32];
    bytes[0] = (byte) seed;
    bytes[31] = 1;
    return new Ed25519KeyPair(signerId, bytes);
  }

  private TestKeys() {}

  static KeyPair pair(String algorithm, int bits) {
    try {
      var generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException(broken);
    }
  }

  static KeyPair pair(String curve) {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException(broken);
    }
  }
}
