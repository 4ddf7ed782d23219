package org.actsandbox.sandbox.doctor.diagnosis;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import org.actsandbox.protocol.identity.SignatureType;
import org.actsandbox.protocol.identity.VerificationKey;
import org.jspecify.annotations.Nullable;

/**
 * Is a public key with which the doctor tries to explain a signature.
 *
 * @param id the id of the key, such as {@code did:act:raileast#key-1}
 * @param owner the participant, such as {@code did:act:raileast}
 * @param key verifies signatures of participants of ACT; null for keys of another protocol
 * @param rsa the same key for opening signatures; null unless it is an RSA key
 */
public record KnownKey(
    String id, String owner, @Nullable VerificationKey key, @Nullable RSAPublicKey rsa) {

  public static KnownKey of(VerificationKey key) {
    int hash = key.signerId().indexOf('#');
    var owner = hash < 0 ? key.signerId() : key.signerId().substring(0, hash);
    return new KnownKey(key.signerId(), owner, key, rsa(key));
  }

  public static KnownKey ofRsa(String id, String owner, RSAPublicKey rsa) {
    return new KnownKey(id, owner, null, rsa);
  }

  private static @Nullable RSAPublicKey rsa(VerificationKey key) {
    if (key.type() != SignatureType.RSA2) {
      return null;
    }
    try {
      return RSAKey.parse(key.jwk()).toRSAPublicKey();
    } catch (ParseException | JOSEException broken) {
      throw new IllegalStateException("the key " + key.signerId() + " has a broken JWK", broken);
    }
  }
}
