package org.actsandbox.kit;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.identity.Signer;

/**
 * Holds what a merchant must know of its world: who it is, with which key it signs, and where its
 * payment service is.
 *
 * <p>The sandbox answers all of it as {@code env} when a merchant is added. Only the names below
 * are read, the others are ignored:
 *
 * <pre>{@code
 * ACT_WORLD=http://localhost:8080/w/demo     address of the world; DID documents are at /dids/{did}
 * ACT_URL=http://127.0.0.1:9300              the merchant's own address, as agents call it
 * ACT_DID=did:act:tea-shop                   the merchant's DID
 * ACT_KEY_ID=did:act:tea-shop#key-1          the id of its key
 * ACT_KEY=...                                its private Ed25519 key, 32 bytes in base64url
 * ACT_ROLE_KEY=...                           opens the payment service to it
 * ACT_PSP=http://localhost:8080/w/demo/psp   address of the payment service
 * ACT_PSP_DID=did:act:psp                    DID of the payment service
 * }</pre>
 */
public final class MerchantSettings {

  private final URI world;
  private final URI url;
  private final String did;
  private final String roleKey;
  private final URI paymentService;
  private final String paymentServiceDid;
  private final Signer signer;

  private MerchantSettings(Map<String, String> values) {
    this.world = address(values, "ACT_WORLD");
    this.url = address(values, "ACT_URL");
    this.did = did(values, "ACT_DID");
    this.roleKey = text(values, "ACT_ROLE_KEY");
    this.paymentService = address(values, "ACT_PSP");
    this.paymentServiceDid = did(values, "ACT_PSP_DID");
    this.signer = new Ed25519KeyPair(keyId(values, did), seed(values));
  }

  /**
   * Takes the settings from a map.
   *
   * @throws IllegalArgumentException if a setting is missing or has another form; the message says
   *     which one, and never shows a key
   */
  public static MerchantSettings of(Map<String, String> values) {
    return new MerchantSettings(values);
  }

  /**
   * Reads a file of lines {@code NAME=VALUE}, such as {@code shop.env}. What the environment names
   * wins over the file, so that one file serves several processes.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException as {@link #of}
   */
  public static MerchantSettings read(Path file) throws IOException {
    return read(file, System.getenv());
  }

  static MerchantSettings read(Path file, Map<String, String> environment) throws IOException {
    var values = new HashMap<String, String>();
    for (var line : Files.readAllLines(file)) {
      int equals = line.indexOf('=');
      if (equals > 0 && !line.startsWith("#")) {
        values.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
      }
    }
    values.putAll(environment);
    return of(values);
  }

  /**
   * Takes the settings from the environment, where {@code ./run check-merchant --start} puts them.
   *
   * @throws IllegalArgumentException as {@link #of}
   */
  public static MerchantSettings fromEnvironment() {
    return of(System.getenv());
  }

  /** Returns the address of the world. */
  public URI world() {
    return world;
  }

  /** Returns the merchant's own address without a slash at its end. */
  public URI url() {
    return url;
  }

  /** Returns the merchant's DID, the seller of its bills. */
  public String did() {
    return did;
  }

  /** Returns the id of the key with which the merchant signs. */
  public String keyId() {
    return signer.signerId();
  }

  /** Returns the address of the payment service. */
  public URI paymentService() {
    return paymentService;
  }

  /** Returns the DID of the payment service. */
  public String paymentServiceDid() {
    return paymentServiceDid;
  }

  /** Returns the merchant's id in its world, such as {@code tea-shop}: the name in its DID. */
  public String id() {
    return new Did(did).name();
  }

  Signer signer() {
    return signer;
  }

  String roleKey() {
    return roleKey;
  }

  private static String text(Map<String, String> values, String name) {
    var value = values.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(
          name + " is missing: the sandbox says it when the merchant is added (env)");
    }
    return value;
  }

  private static URI address(Map<String, String> values, String name) {
    var text = text(values, name).replaceAll("/+$", "");
    try {
      var address = URI.create(text);
      boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
      if (http && address.getHost() != null) {
        return address;
      }
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException(name + " is not an address: " + text, malformed);
    }
    throw new IllegalArgumentException(
        name + " begins with http:// or https:// and a host: " + text);
  }

  private static String did(Map<String, String> values, String name) {
    var text = text(values, name);
    try {
      return new Did(text).value();
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException(name + " is not a did:act: " + text, malformed);
    }
  }

  private static String keyId(Map<String, String> values, String did) {
    var keyId = text(values, "ACT_KEY_ID");
    if (!keyId.startsWith(did + "#")) {
      throw new IllegalArgumentException("ACT_KEY_ID is not a key of " + did + ": " + keyId);
    }
    return keyId;
  }

  private static byte[] seed(Map<String, String> values) {
    byte[] seed;
    try {
      seed = Base64.getUrlDecoder().decode(text(values, "ACT_KEY"));
    } catch (IllegalArgumentException malformed) {
      // The cause would show a part of the key.
      throw new IllegalArgumentException(
          "ACT_KEY is missing or not base64url: it is told once, when the key is made");
    }
    if (seed.length != 32) {
      throw new IllegalArgumentException("ACT_KEY has %d bytes, not 32".formatted(seed.length));
    }
    return seed;
  }

  /** Returns the merchant and its address, without any key. */
  @Override
  public String toString() {
    return "MerchantSettings[%s at %s]".formatted(keyId(), url);
  }
}
