package org.actsandbox.sandbox.doctor;

import com.nimbusds.jose.jwk.JWK;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import org.actsandbox.alipay.key.KeyTextException;
import org.actsandbox.alipay.key.RsaKeyText;
import org.actsandbox.protocol.identity.KeySet;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.doctor.alipay.AlipayParties;
import org.actsandbox.sandbox.doctor.diagnosis.KnownKey;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Is all keys that the doctor knows in one examination.
 *
 * @param participants keys of participants of ACT
 * @param alipay apps and platform of the gateway
 */
public record DoctorKeys(List<KnownKey> participants, AlipayParties alipay) {

  public static final DoctorKeys NONE =
      new DoctorKeys(List.of(), AlipayParties.of(List.of(), null));

  /** The owner that stands for the platform where a user gives its key. */
  public static final String PLATFORM = "platform";

  public DoctorKeys {
    participants = List.copyOf(participants);
  }

  /**
   * Adds a public key that the user gives.
   *
   * @param owner a key id of ACT such as {@code did:act:shop#key-1}, an app id, or {@code platform}
   * @param text a JWK, a JWK Set, PEM or Base64
   * @throws IllegalArgumentException if the text is no public key; it says why, without the text
   */
  public DoctorKeys with(String owner, String text) {
    var stripped = text.strip();
    if (stripped.startsWith("{")) {
      return withJwk(owner, stripped);
    }
    try {
      var key = RsaKeyText.read(stripped);
      if (key.container().isPrivate()) {
        throw new IllegalArgumentException(
            "this is " + key.container().description() + "; give the public key");
      }
      return withRsa(owner, key.publicKey());
    } catch (KeyTextException noKey) {
      throw new IllegalArgumentException("the key " + noKey.mistake().description(), noKey);
    }
  }

  private DoctorKeys withJwk(String owner, String json) {
    try {
      var tree = Json.parse(json);
      var set = tree.has("keys") ? json : setOf(owner, json);
      var all = new ArrayList<>(participants);
      KeySet.parse(set).keys().values().forEach(key -> all.add(KnownKey.of(key)));
      return new DoctorKeys(all, alipay);
    } catch (JacksonException notJson) {
      throw new IllegalArgumentException("the key is no JWK", notJson);
    }
  }

  private static String setOf(String owner, String json) {
    var jwk = Json.parse(json);
    try {
      if (JWK.parse(json).isPrivate()) {
        throw new IllegalArgumentException("this is a private key; give the public key");
      }
    } catch (ParseException notJwk) {
      throw new IllegalArgumentException("the key is no JWK", notJwk);
    }
    if (!jwk.has("kid") && jwk instanceof ObjectNode object) {
      object.put("kid", owner);
    }
    return "{\"keys\":[" + Json.write(jwk) + "]}";
  }

  private DoctorKeys withRsa(String owner, RSAPublicKey key) {
    if (owner.startsWith("did:")) {
      var all = new ArrayList<>(participants);
      int hash = owner.indexOf('#');
      all.add(KnownKey.ofRsa(owner, hash < 0 ? owner : owner.substring(0, hash), key));
      return new DoctorKeys(all, alipay);
    }
    if (owner.equals(PLATFORM)) {
      return new DoctorKeys(
          participants,
          new AlipayParties(
              alipay.apps(), key, alipay.earlierTexts(), alipay.methods(), alipay.services()));
    }
    var apps = new ArrayList<>(alipay.apps());
    apps.removeIf(app -> app.id().equals(owner));
    apps.add(AlipayParties.App.of(owner, "", key));
    return new DoctorKeys(
        participants,
        new AlipayParties(
            apps, alipay.platform(), alipay.earlierTexts(), alipay.methods(), alipay.services()));
  }
}
