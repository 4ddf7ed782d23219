package org.actsandbox.sandbox.alipay.app;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.actsandbox.alipay.key.KeyTextException;
import org.actsandbox.alipay.key.RsaKeyText;
import org.actsandbox.alipay.key.RsaKeyWriter;
import org.actsandbox.sandbox.database.DataFolder;
import org.actsandbox.sandbox.key.Hmac;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Holds the platform's key pair, which signs answers and notifications. There is one per server
 * (AIP-311). It is made at first use and kept, so merchants copy its public key once; the database
 * holds the private key only sealed under the data folder's secret.
 */
@Component
public final class PlatformKey {

  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final JdbcClient jdbc;
  private final SecretKeySpec seal;
  private final SecureRandom random = new SecureRandom();
  private volatile @Nullable RsaKeyText pair;

  PlatformKey(JdbcClient jdbc, DataFolder folder) {
    this.jdbc = jdbc;
    this.seal = new SecretKeySpec(Hmac.derive(folder.secret(), "alipay platform key"), "AES");
  }

  public RSAPublicKey publicKey() {
    return pair().publicKey();
  }

  public PrivateKey privateKey() {
    return pair().privateKey().orElseThrow();
  }

  /** Returns the public key as merchants paste it into their settings. */
  public String publicText() {
    return RsaKeyWriter.spki(publicKey());
  }

  public String fingerprint() {
    return RsaKeyWriter.fingerprint(publicKey());
  }

  private RsaKeyText pair() {
    var known = pair;
    return known == null ? load() : known;
  }

  private synchronized RsaKeyText load() {
    var known = pair;
    if (known != null) {
      return known;
    }
    try {
      if (stored().isEmpty()) {
        // Of two servers that make one at once, the second finds the first one's.
        jdbc.sql(
                "insert into alipay_platform_key (id, sealed) values (1, ?) on conflict do nothing")
            .param(sealed(RsaKeyWriter.pkcs8((RSAPrivateCrtKey) newPair())))
            .update();
      }
      var loaded = RsaKeyText.read(opened(stored().orElseThrow()));
      pair = loaded;
      return loaded;
    } catch (GeneralSecurityException | KeyTextException unusable) {
      throw new IllegalStateException("the platform key cannot be opened", unusable);
    }
  }

  private Optional<String> stored() {
    return jdbc.sql("select sealed from alipay_platform_key where id = 1")
        .query(String.class)
        .optional();
  }

  /** Makes the private key of a new pair. */
  public static PrivateKey newPair() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair().getPrivate();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private String sealed(String text) throws GeneralSecurityException {
    var nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    var cipher = Cipher.getInstance(CIPHER);
    cipher.init(Cipher.ENCRYPT_MODE, seal, new GCMParameterSpec(TAG_BITS, nonce));
    var encrypted = cipher.doFinal(Base64.getDecoder().decode(text));
    return Base64.getEncoder()
        .encodeToString(
            ByteBuffer.allocate(NONCE_BYTES + encrypted.length).put(nonce).put(encrypted).array());
  }

  private String opened(String sealed) throws GeneralSecurityException {
    var bytes = Base64.getDecoder().decode(sealed);
    var cipher = Cipher.getInstance(CIPHER);
    cipher.init(Cipher.DECRYPT_MODE, seal, new GCMParameterSpec(TAG_BITS, bytes, 0, NONCE_BYTES));
    var plain = cipher.doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
    return Base64.getEncoder().encodeToString(plain);
  }
}
