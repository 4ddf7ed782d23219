package org.actsandbox.sandbox.database;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Holds the secret and the start token that all nodes share. The database has them encrypted under
 * the key of the settings (ADR 57).
 *
 * @param secret 32 bytes from which every key follows
 * @param startToken token that proves access to a node's folder
 */
@SuppressWarnings("ArrayRecordComponent") // compared by hasSame alone
record SharedSecret(byte[] secret, String startToken) {

  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int SECRET_BYTES = 32;
  private static final byte[] SALT = "ACT Sandbox nodes".getBytes(StandardCharsets.US_ASCII);
  private static final int ROUNDS = 200_000;

  /**
   * Reads the secret that the first node stored; empty before there is one.
   *
   * @throws StartupFailure if the key is another one, or the database does not answer
   */
  static Optional<SharedSecret> find(DatabaseAddress address, String key) {
    try (var connection =
        DriverManager.getConnection(address.url(), address.username(), address.password())) {
      return find(connection, key);
    } catch (SQLException failed) {
      throw address.failure(failed);
    }
  }

  private static Optional<SharedSecret> find(Connection connection, String key)
      throws SQLException {
    try (var statement = connection.createStatement()) {
      try (var exists = statement.executeQuery("select to_regclass('server_secret') is not null")) {
        if (!exists.next() || !exists.getBoolean(1)) {
          return Optional.empty();
        }
      }
      try (var row = statement.executeQuery("select sealed from server_secret where id = 1")) {
        return row.next() ? Optional.of(opened(row.getString(1), key)) : Optional.empty();
      }
    }
  }

  /** Stores this secret if there is none yet, and returns the one that counts. */
  SharedSecret store(Connection connection, String key) throws SQLException {
    try (var insert =
        connection.prepareStatement(
            "insert into server_secret (id, sealed) values (1, ?) on conflict do nothing")) {
      insert.setString(1, sealed(key));
      insert.executeUpdate();
    }
    return find(connection, key).orElseThrow();
  }

  boolean hasSame(SharedSecret other) {
    return Arrays.equals(secret, other.secret) && startToken.equals(other.startToken);
  }

  private String sealed(String key) {
    var nonce = new byte[NONCE_BYTES];
    new SecureRandom().nextBytes(nonce);
    try {
      var cipher = Cipher.getInstance(CIPHER);
      cipher.init(Cipher.ENCRYPT_MODE, seal(key), new GCMParameterSpec(TAG_BITS, nonce));
      var token = startToken.getBytes(StandardCharsets.US_ASCII);
      var encrypted =
          cipher.doFinal(
              ByteBuffer.allocate(SECRET_BYTES + token.length).put(secret).put(token).array());
      return Base64.getEncoder()
          .encodeToString(
              ByteBuffer.allocate(NONCE_BYTES + encrypted.length)
                  .put(nonce)
                  .put(encrypted)
                  .array());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static SharedSecret opened(String sealed, String key) {
    try {
      var bytes = Base64.getDecoder().decode(sealed);
      var cipher = Cipher.getInstance(CIPHER);
      cipher.init(
          Cipher.DECRYPT_MODE, seal(key), new GCMParameterSpec(TAG_BITS, bytes, 0, NONCE_BYTES));
      var plain = cipher.doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
      return new SharedSecret(
          Arrays.copyOf(plain, SECRET_BYTES),
          new String(plain, SECRET_BYTES, plain.length - SECRET_BYTES, StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException | IllegalArgumentException otherKey) {
      throw new StartupFailure(
          "act.nodes.key is not the key of the nodes of this database: give all nodes the same",
          otherKey);
    }
  }

  private static SecretKeySpec seal(String key) throws GeneralSecurityException {
    var spec = new PBEKeySpec(key.toCharArray(), SALT, ROUNDS, 256);
    var derived = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec);
    return new SecretKeySpec(derived.getEncoded(), "AES");
  }

  @Override
  public String toString() {
    return "SharedSecret[...]";
  }
}
