package org.actsandbox.protocol.identity;

import java.util.Optional;

/** Finds public keys by signer id; the world's directory, or a fixed key set offline. */
@FunctionalInterface
public interface KeyDirectory {

  Optional<VerificationKey> find(String signerId);
}
