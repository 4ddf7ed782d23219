package org.actsandbox.alipay.key;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.cert.CertificateFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * Reads an RSA key from any text that merchants paste: PEM or bare Base64, with or without line
 * breaks, private (PKCS#8, PKCS#1), public (SubjectPublicKeyInfo, PKCS#1) or a certificate. The
 * bytes decide what it is; the label of PEM is not believed (AIP-206, AIP-207, AIP-230).
 *
 * @param pem whether the text has PEM lines, which Java's SDK cannot read (AIP-207)
 * @param publicKey the public part, also of a private key
 * @param privateKey empty if the text contains a public key or a certificate
 */
public record RsaKeyText(
    KeyContainer container,
    boolean pem,
    RSAPublicKey publicKey,
    Optional<RSAPrivateCrtKey> privateKey) {

  private static final Pattern PEM =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----(.*?)-----END \\1-----", Pattern.DOTALL);

  private static final int MIN_BITS = 1024;
  private static final int MAX_BITS = 8192;

  /**
   * @throws KeyTextException if the text is no RSA key; it says why, without the text
   */
  public static RsaKeyText read(String text) throws KeyTextException {
    var stripped = text.strip();
    if (stripped.isEmpty()) {
      throw new KeyTextException(KeyTextMistake.EMPTY);
    }
    var pem = PEM.matcher(stripped);
    boolean isPem = pem.find();
    if (isPem && pem.group(1).contains("ENCRYPTED")) {
      throw new KeyTextException(KeyTextMistake.ENCRYPTED);
    }
    var der = decode(isPem ? pem.group(2) : stripped);
    return read(der, isPem);
  }

  private static byte[] decode(String base64) throws KeyTextException {
    try {
      return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
    } catch (IllegalArgumentException notBase64) {
      throw new KeyTextException(KeyTextMistake.NOT_BASE64);
    }
  }

  private static RsaKeyText read(byte[] der, boolean pem) throws KeyTextException {
    checkLength(der);
    try {
      return read(sequence(der), der, pem);
    } catch (GeneralSecurityException | IllegalArgumentException | IOException notAKey) {
      throw new KeyTextException(KeyTextMistake.NO_KEY);
    }
  }

  /** Compares the length that the outermost sequence states with the bytes there are. */
  private static void checkLength(byte[] der) throws KeyTextException {
    if (der.length < 2 || der[0] != 0x30) {
      throw new KeyTextException(KeyTextMistake.NO_KEY);
    }
    int first = der[1] & 0xff;
    int lengthOctets = first < 0x80 ? 0 : first & 0x7f;
    if (lengthOctets > 3) {
      throw new KeyTextException(KeyTextMistake.NO_KEY);
    }
    if (der.length < 2 + lengthOctets) {
      throw new KeyTextException(KeyTextMistake.INCOMPLETE);
    }
    int content = lengthOctets == 0 ? first : 0;
    for (int i = 0; i < lengthOctets; i++) {
      content = (content << 8) | (der[2 + i] & 0xff);
    }
    int stated = 2 + lengthOctets + content;
    if (stated > der.length) {
      throw new KeyTextException(KeyTextMistake.INCOMPLETE);
    }
    if (stated < der.length) {
      throw new KeyTextException(KeyTextMistake.TRAILING_BYTES);
    }
  }

  private static ASN1Sequence sequence(byte[] der) throws IOException {
    try (var in = new ASN1InputStream(der)) {
      return ASN1Sequence.getInstance(in.readObject());
    }
  }

  private static RsaKeyText read(ASN1Sequence sequence, byte[] der, boolean pem)
      throws GeneralSecurityException, KeyTextException, IOException {
    if (sequence.size() >= 9 && sequence.getObjectAt(1) instanceof ASN1Integer) {
      return privateKey(KeyContainer.PKCS1_PRIVATE, pkcs8(sequence), pem);
    }
    if (sequence.size() >= 3
        && sequence.getObjectAt(0) instanceof ASN1Integer
        && sequence.getObjectAt(2) instanceof ASN1OctetString) {
      requireRsa(PrivateKeyInfo.getInstance(sequence).getPrivateKeyAlgorithm());
      return privateKey(KeyContainer.PKCS8_PRIVATE, der, pem);
    }
    if (sequence.size() == 2
        && sequence.getObjectAt(0) instanceof ASN1Integer modulus
        && sequence.getObjectAt(1) instanceof ASN1Integer exponent) {
      var spec = new RSAPublicKeySpec(modulus.getPositiveValue(), exponent.getPositiveValue());
      var key = (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(spec);
      return of(KeyContainer.PKCS1_PUBLIC, pem, key, Optional.empty());
    }
    if (sequence.size() == 2 && sequence.getObjectAt(1) instanceof ASN1BitString) {
      return of(
          KeyContainer.SPKI_PUBLIC,
          pem,
          publicKey(SubjectPublicKeyInfo.getInstance(sequence)),
          Optional.empty());
    }
    if (sequence.size() == 3 && sequence.getObjectAt(2) instanceof ASN1BitString) {
      var certificate =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
      if (!(certificate.getPublicKey() instanceof RSAPublicKey key)) {
        throw new KeyTextException(KeyTextMistake.OTHER_ALGORITHM);
      }
      return of(KeyContainer.CERTIFICATE, pem, key, Optional.empty());
    }
    if (sequence.size() >= 3 && sequence.getObjectAt(1) instanceof ASN1OctetString) {
      // SEC 1: the private key of an elliptic curve.
      throw new KeyTextException(KeyTextMistake.OTHER_ALGORITHM);
    }
    throw new KeyTextException(KeyTextMistake.NO_KEY);
  }

  private static byte[] pkcs8(ASN1Sequence pkcs1) throws IOException {
    var rsa = new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
    return new PrivateKeyInfo(rsa, pkcs1).getEncoded("DER");
  }

  private static RsaKeyText privateKey(KeyContainer container, byte[] pkcs8, boolean pem)
      throws GeneralSecurityException, KeyTextException {
    var factory = KeyFactory.getInstance("RSA");
    var key = factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    if (!(key instanceof RSAPrivateCrtKey crt)) {
      throw new KeyTextException(KeyTextMistake.NO_KEY);
    }
    var spec = new RSAPublicKeySpec(crt.getModulus(), crt.getPublicExponent());
    return of(container, pem, (RSAPublicKey) factory.generatePublic(spec), Optional.of(crt));
  }

  private static RSAPublicKey publicKey(SubjectPublicKeyInfo info)
      throws GeneralSecurityException, KeyTextException, IOException {
    requireRsa(info.getAlgorithm());
    var numbers = org.bouncycastle.asn1.pkcs.RSAPublicKey.getInstance(info.parsePublicKey());
    return (RSAPublicKey)
        KeyFactory.getInstance("RSA")
            .generatePublic(
                new RSAPublicKeySpec(numbers.getModulus(), numbers.getPublicExponent()));
  }

  private static void requireRsa(AlgorithmIdentifier algorithm) throws KeyTextException {
    if (!algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)) {
      throw new KeyTextException(KeyTextMistake.OTHER_ALGORITHM);
    }
  }

  private static RsaKeyText of(
      KeyContainer container,
      boolean pem,
      RSAPublicKey publicKey,
      Optional<RSAPrivateCrtKey> privateKey)
      throws KeyTextException {
    int bits = publicKey.getModulus().bitLength();
    if (bits < MIN_BITS || bits > MAX_BITS) {
      throw new KeyTextException(KeyTextMistake.WEAK);
    }
    return new RsaKeyText(container, pem, publicKey, privateKey);
  }

  /** Leaves the private key out: a record is printed faster than it is looked at. */
  @Override
  public String toString() {
    return "RsaKeyText[" + container + ", " + RsaKeyWriter.fingerprint(publicKey) + "]";
  }
}
