package org.actsandbox.sandbox.key;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;

/**
 * Makes RSA pairs of 2,048 bits for tests from primes that are known: to look for two primes takes
 * most of a second in a process without the second compiler. The pairs are no secret.
 */
public final class KnownRsaPairs {

  private static final BigInteger EXPONENT = BigInteger.valueOf(65_537);

  /** Each of these numbers added to this one is a prime of 1,024 bits. */
  private static final BigInteger BASE = BigInteger.valueOf(3).shiftLeft(1_022);

  private static final int[] OFFSETS = {
    1_037, 1_697, 1_937, 2_087, 2_197, 3_031, 3_727, 5_111, 5_209, 8_329, 8_401, 9_661
  };

  private KnownRsaPairs() {}

  /**
   * Returns the same pair for the same number.
   *
   * @param number less than half of the number of primes
   */
  public static KeyPair pair(int number) {
    var p = BASE.add(BigInteger.valueOf(OFFSETS[2 * number + 1]));
    var q = BASE.add(BigInteger.valueOf(OFFSETS[2 * number]));
    var modulus = p.multiply(q);
    var lessP = p.subtract(BigInteger.ONE);
    var lessQ = q.subtract(BigInteger.ONE);
    var secret = EXPONENT.modInverse(lessP.multiply(lessQ));
    try {
      var keys = KeyFactory.getInstance("RSA");
      return new KeyPair(
          keys.generatePublic(new RSAPublicKeySpec(modulus, EXPONENT)),
          keys.generatePrivate(
              new RSAPrivateCrtKeySpec(
                  modulus,
                  EXPONENT,
                  secret,
                  p,
                  q,
                  secret.mod(lessP),
                  secret.mod(lessQ),
                  q.modInverse(p))));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
