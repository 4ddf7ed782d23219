package org.actsandbox.sandbox.knowledge;

import java.util.Set;
import java.util.stream.Collectors;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.sandbox.key.Principals;

/**
 * Who plays which part in one world.
 *
 * @param principals all of the world's
 */
record Parties(Set<String> principals) {

  /** Of a world with one principal. */
  static final Parties OF_ONE = new Parties(Set.of(Principals.FIRST.value()));

  static Parties of(Principals principals) {
    return new Parties(
        principals.dids().stream().map(Did::value).collect(Collectors.toUnmodifiableSet()));
  }

  Party of(String did) {
    return principals.contains(did) ? Party.YOU : Party.of(did);
  }
}
