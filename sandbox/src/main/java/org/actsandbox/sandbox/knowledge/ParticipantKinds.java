package org.actsandbox.sandbox.knowledge;

import java.util.Set;
import java.util.stream.Collectors;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.sandbox.key.Principals;

/**
 * Tells the kind of each participant of one world.
 *
 * @param principals DIDs of all principals of the world
 */
record ParticipantKinds(Set<String> principals) {

  /** The kinds in a world with one principal. */
  static final ParticipantKinds OF_ONE = new ParticipantKinds(Set.of(Principals.FIRST.value()));

  static ParticipantKinds of(Principals principals) {
    return new ParticipantKinds(
        principals.dids().stream().map(Did::value).collect(Collectors.toUnmodifiableSet()));
  }

  ParticipantKind of(String did) {
    return principals.contains(did) ? ParticipantKind.YOU : ParticipantKind.of(did);
  }
}
