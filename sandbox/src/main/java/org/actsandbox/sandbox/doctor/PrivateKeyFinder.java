package org.actsandbox.sandbox.doctor;

import java.util.regex.Pattern;
import org.actsandbox.alipay.key.KeyTextException;
import org.actsandbox.alipay.key.RsaKeyText;

/** Finds a private key in a text, so that the text is refused before anything looks at it. */
final class PrivateKeyFinder {

  private static final Pattern PEM = Pattern.compile("-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY-----");

  /** The private member of a JWK, beside the name of its kind. */
  private static final Pattern JWK = Pattern.compile("\"d\"\\s*:\\s*\"[A-Za-z0-9_-]{20,}\"");

  /** Base64 of a DER sequence that is as long as a private RSA key; line breaks are allowed. */
  private static final Pattern DER = Pattern.compile("MII[A-Za-z0-9+/\\s]{400,8000}={0,2}");

  private PrivateKeyFinder() {}

  static boolean isIn(String text) {
    if (PEM.matcher(text).find() || (text.contains("\"kty\"") && JWK.matcher(text).find())) {
      return true;
    }
    return DER.matcher(text).results().anyMatch(found -> isPrivate(found.group()));
  }

  /** Certificates, signatures and long values look alike; only a private key counts. */
  private static boolean isPrivate(String base64) {
    try {
      return RsaKeyText.read(base64).container().isPrivate();
    } catch (KeyTextException otherBase64) {
      return false;
    }
  }
}
