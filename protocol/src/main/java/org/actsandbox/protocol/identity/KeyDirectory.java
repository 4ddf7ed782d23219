package org.actsandbox.protocol.identity;

import java.util.Optional;

/** Finds public keys by signer id: in the world's directory, or offline in a fixed key set. */
@FunctionalInterface
public interface KeyDirectory {

  Optional<VerificationKey> find(String signerId);
}
