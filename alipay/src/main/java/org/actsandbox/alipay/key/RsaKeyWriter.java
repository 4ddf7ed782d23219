package org.actsandbox.alipay.key;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Writes RSA keys as the SDKs read them: one line of Base64 without PEM lines (AIP-206). */
public final class RsaKeyWriter {

  private static final AlgorithmIdentifier RSA =
      new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);

  private RsaKeyWriter() {}

  /** Returns what Java's SDK reads. */
  public static String pkcs8(RSAPrivateCrtKey key) {
    try {
      return base64(new PrivateKeyInfo(RSA, numbers(key)).getEncoded("DER"));
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
  }

  /** Returns what the SDKs of Node, Python, PHP and .NET read. */
  public static String pkcs1(RSAPrivateCrtKey key) {
    try {
      return base64(numbers(key).getEncoded("DER"));
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
  }

  /** Returns the form in which every SDK and the platform take a public key. */
  public static String spki(RSAPublicKey key) {
    return base64(spkiBytes(key));
  }

  /** Wraps Base64 in PEM lines of 64 characters. */
  public static String pem(String label, String base64) {
    var lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
        .formatted(label, lines.encodeToString(Base64.getDecoder().decode(base64)), label)
        .replace("\r", "");
  }

  /** Returns SHA-256 over the public key's SubjectPublicKeyInfo, in hex. */
  public static String fingerprint(RSAPublicKey key) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(spkiBytes(key)));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private static byte[] spkiBytes(RSAPublicKey key) {
    try {
      var numbers =
          new org.bouncycastle.asn1.pkcs.RSAPublicKey(key.getModulus(), key.getPublicExponent());
      return new SubjectPublicKeyInfo(RSA, numbers).getEncoded("DER");
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
  }

  private static org.bouncycastle.asn1.pkcs.RSAPrivateKey numbers(RSAPrivateCrtKey key) {
    return new org.bouncycastle.asn1.pkcs.RSAPrivateKey(
        key.getModulus(),
        key.getPublicExponent(),
        key.getPrivateExponent(),
        key.getPrimeP(),
        key.getPrimeQ(),
        key.getPrimeExponentP(),
        key.getPrimeExponentQ(),
        key.getCrtCoefficient());
  }

  private static String base64(byte[] der) {
    return new String(Base64.getEncoder().encode(der), StandardCharsets.US_ASCII);
  }
}
