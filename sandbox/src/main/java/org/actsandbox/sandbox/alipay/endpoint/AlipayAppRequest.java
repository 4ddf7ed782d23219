package org.actsandbox.sandbox.alipay.endpoint;

import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.ValueCheckedRequest;
import org.actsandbox.sandbox.alipay.app.AppRegistration;
import org.jspecify.annotations.Nullable;

/**
 * Represents the request body that registers an application or gives it another key.
 *
 * @param owner id or DID of a merchant or an agent of the world; required for a new application
 * @param name what people call it
 * @param publicKey the application's public key in any container, or the word {@code make} for a
 *     pair whose private key is answered once
 */
record AlipayAppRequest(@Nullable String owner, @Nullable String name, @Nullable String publicKey)
    implements ValueCheckedRequest {

  @Override
  public void checkValues(MistakeCollector mistakes) {
    mistakes.text("owner", owner, 128);
    mistakes.checkPresent(name, AppRegistration::requireName);
    mistakes.checkPresent(publicKey, AppRegistration::requireKey);
  }
}
