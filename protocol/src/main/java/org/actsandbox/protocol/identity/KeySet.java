package org.actsandbox.protocol.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import java.text.ParseException;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.protocol.json.Json;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A participant's public keys as a JWK Set (RFC 7517). It includes old keys, so that their
 * signatures can still be verified after a rotation.
 *
 * @param keys by signer id, which is the {@code kid}
 */
public record KeySet(Map<String, VerificationKey> keys) implements KeyDirectory {

  /** Ours: more keys than any participant has after all its rotations. */
  public static final int MAX_KEYS = 64;

  public KeySet {
    keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
  }

  public static KeySet of(Collection<? extends VerificationKey> keys) {
    var byId = new LinkedHashMap<String, VerificationKey>();
    keys.forEach(key -> put(byId, key));
    return new KeySet(byId);
  }

  /**
   * Reads a JWK Set. It ignores keys of unsupported kinds and keys for encryption, as RFC 7517
   * section 5 advises.
   *
   * @throws IllegalArgumentException if the text is not a JWK Set, or has a key twice, too many
   *     keys, a private part or a broken key
   */
  public static KeySet parse(String jwks) {
    var entries = entries(jwks);
    if (entries.size() > MAX_KEYS) {
      throw new IllegalArgumentException("more than " + MAX_KEYS + " keys");
    }
    var byId = new LinkedHashMap<String, VerificationKey>();
    for (var jwk : entries) {
      read(jwk).ifPresent(key -> put(byId, key));
    }
    return new KeySet(byId);
  }

  @Override
  public Optional<VerificationKey> find(String signerId) {
    return Optional.ofNullable(keys.get(signerId));
  }

  /** Returns the JWK Set as JSON text. */
  public String json() {
    var set = Json.object();
    var array = set.putArray("keys");
    keys.values().forEach(key -> array.add(Json.parse(key.jwk())));
    return Json.write(set);
  }

  private static JsonNode entries(String jwks) {
    try {
      var entries = Json.parse(jwks).path("keys");
      if (entries.isArray()) {
        return entries;
      }
    } catch (JacksonException notJson) {
      throw new IllegalArgumentException("a key set is JSON", notJson);
    }
    throw new IllegalArgumentException("a key set has an array \"keys\"");
  }

  private static void put(Map<String, VerificationKey> byId, VerificationKey key) {
    if (byId.putIfAbsent(key.signerId(), key) != null) {
      throw new IllegalArgumentException("key id " + key.signerId() + " stands twice");
    }
  }

  private static Optional<VerificationKey> read(JsonNode jwk) {
    var kid = jwk.path("kid").stringValue("");
    if (kid.isEmpty() || !jwk.path("use").stringValue("sig").equals("sig")) {
      return Optional.empty();
    }
    if (jwk.has("d") || jwk.has("p") || jwk.has("k")) {
      throw new IllegalArgumentException("key " + kid + " has a private part");
    }
    // This throws if the id names no participant.
    Did.ofSigner(kid);
    var curve = jwk.path("crv").stringValue("");
    return switch (jwk.path("kty").stringValue("")) {
      case "OKP" -> curve.equals("Ed25519") ? Optional.of(ed25519(kid, jwk)) : Optional.empty();
      case "EC" -> curve.equals("P-256") ? Optional.of(jose(kid, jwk)) : Optional.empty();
      case "RSA" -> Optional.of(jose(kid, jwk));
      default -> Optional.empty();
    };
  }

  private static VerificationKey ed25519(String kid, JsonNode jwk) {
    var x = Base64.getUrlDecoder().decode(jwk.path("x").stringValue(""));
    if (x.length != Ed25519PublicKeyParameters.KEY_SIZE) {
      throw new IllegalArgumentException("key " + kid + " does not have 32 bytes");
    }
    return new Ed25519KeyPair.Ed25519VerificationKey(kid, new Ed25519PublicKeyParameters(x));
  }

  private static VerificationKey jose(String kid, JsonNode jwk) {
    try {
      return switch (JWK.parse(Json.write(jwk))) {
        case ECKey key when key.getCurve().equals(Curve.P_256) ->
            Es256KeyPair.verificationKey(kid, key.toECPublicKey());
        case RSAKey key -> Rsa2KeyPair.verificationKey(kid, key.toRSAPublicKey());
        default -> throw new IllegalArgumentException("key " + kid + " is of another kind");
      };
    } catch (ParseException | JOSEException broken) {
      throw new IllegalArgumentException("key " + kid + " is broken", broken);
    }
  }
}
