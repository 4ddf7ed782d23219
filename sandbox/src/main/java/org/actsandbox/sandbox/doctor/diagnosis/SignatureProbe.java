package org.actsandbox.sandbox.doctor.diagnosis;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Compares one signature with texts and keys. An RSA signature is opened once for each key, and
 * every further text costs one hash; other algorithms cost a verification for each text.
 */
public final class SignatureProbe {

  private static final int[] PSS_SALTS = {32, 20, 0};

  private final byte[] signature;
  private final Map<String, Optional<OpenedSignature>> opened = new HashMap<>();
  private final ComparisonBudget budget;

  public SignatureProbe(byte[] signature, ComparisonBudget budget) {
    this.signature = signature.clone();
    this.budget = budget;
  }

  /** Returns what the signature holds if {@code key} made it. */
  public Optional<OpenedSignature> open(KnownKey key) {
    var rsa = key.rsa();
    return rsa == null
        ? Optional.empty()
        : opened.computeIfAbsent(key.id(), _ -> OpenedSignature.of(key.id(), rsa, signature));
  }

  /** Returns whether {@code key} signed {@code text} in the way in which the key must sign. */
  public boolean verifies(KnownKey key, byte[] text) {
    return key.rsa() == null ? verifiesSlowly(key, text) : holds(key, "SHA-256", text);
  }

  /** Returns whether {@code key} signed {@code text}, with any hash that its signature names. */
  public boolean matches(KnownKey key, byte[] text) {
    if (key.rsa() == null) {
      return verifiesSlowly(key, text);
    }
    return open(key).filter(found -> holds(key, found.hash(), text)).isPresent();
  }

  private boolean holds(KnownKey key, String hash, byte[] text) {
    var found = open(key);
    if (found.isEmpty()
        || !found.get().hash().equals(hash)
        || hash.equals(OpenedSignature.NO_HASH)) {
      return false;
    }
    budget.countHash();
    return hex(hash, text).equals(found.get().digest());
  }

  private boolean verifiesSlowly(KnownKey key, byte[] text) {
    var verification = key.key();
    return verification != null
        && budget.takeVerification()
        && verification.verifies(text, signature);
  }

  /** Returns whether {@code key} signed {@code text} with RSASSA-PSS and SHA-256. */
  public boolean verifiesAsPss(KnownKey key, byte[] text) {
    var rsa = key.rsa();
    if (rsa == null || !OpenedSignature.endsLikePss(rsa, signature)) {
      return false;
    }
    return Arrays.stream(PSS_SALTS).anyMatch(salt -> verifiesAsPss(rsa, text, salt))
        || verifiesAsPss(rsa, text, (rsa.getModulus().bitLength() + 7) / 8 - 34);
  }

  private boolean verifiesAsPss(RSAPublicKey rsa, byte[] text, int salt) {
    budget.countHash();
    try {
      var check = Signature.getInstance("RSASSA-PSS");
      check.setParameter(
          new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, salt, 1));
      check.initVerify(rsa);
      check.update(text);
      return check.verify(signature);
    } catch (GeneralSecurityException notPss) {
      return false;
    }
  }

  /** Returns the digest, hexadecimal. */
  public static String hex(String hash, byte[] text) {
    return HexFormat.of().formatHex(digest(hash, text));
  }

  /**
   * @throws IllegalStateException for a hash that the JDK lacks
   */
  public static byte[] digest(String hash, byte[] text) {
    try {
      return MessageDigest.getInstance(hash).digest(text);
    } catch (GeneralSecurityException unknown) {
      throw new IllegalStateException("the JDK has no " + hash, unknown);
    }
  }
}
