package org.actsandbox.sandbox.alipay;

import java.security.interfaces.RSAPrivateCrtKey;
import org.actsandbox.alipay.key.KeyTextException;
import org.actsandbox.alipay.key.RsaKeyText;
import org.actsandbox.alipay.key.RsaKeyWriter;
import org.actsandbox.sandbox.key.KnownRsaPairs;
import tools.jackson.databind.node.ObjectNode;

/** Holds the key pair of the applications of tests. */
public final class SharedRsaPair {

  private static final RSAPrivateCrtKey KEY = (RSAPrivateCrtKey) KnownRsaPairs.pair(0).getPrivate();

  private SharedRsaPair() {}

  /** Returns the public key as the text that an application is registered with. */
  public static String publicText() {
    try {
      return RsaKeyWriter.spki(RsaKeyText.read(RsaKeyWriter.pkcs8(KEY)).publicKey());
    } catch (KeyTextException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Adds the private key to the application as if the sandbox had made the pair. */
  public static ObjectNode in(ObjectNode app) {
    return app.put("private_key_pkcs8", RsaKeyWriter.pkcs8(KEY))
        .put("private_key_pkcs1", RsaKeyWriter.pkcs1(KEY));
  }
}
