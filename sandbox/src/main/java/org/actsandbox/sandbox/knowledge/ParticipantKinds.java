package org.actsandbox.sandbox.knowledge;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.sandbox.external.ExternalMerchants;
import org.actsandbox.sandbox.key.Principals;

/**
 * Tells the kind of each participant of one world.
 *
 * @param principals DIDs of all principals of the world
 * @param externalMerchants kinds of the merchants from outside by DID
 */
record ParticipantKinds(Set<String> principals, Map<String, ParticipantKind> externalMerchants) {

  /** The kinds in a world with one principal. */
  static final ParticipantKinds OF_ONE =
      new ParticipantKinds(Set.of(Principals.FIRST.value()), Map.of());

  static ParticipantKinds of(Principals principals, ExternalMerchants merchants) {
    return new ParticipantKinds(
        principals.dids().stream().map(Did::value).collect(Collectors.toUnmodifiableSet()),
        merchants.all().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    merchant -> merchant.did().value(),
                    merchant -> ParticipantKind.of(merchant.kind()))));
  }

  ParticipantKind of(String did) {
    if (principals.contains(did)) {
      return ParticipantKind.YOU;
    }
    var merchant = externalMerchants.get(did);
    return merchant == null ? ParticipantKind.of(did) : merchant;
  }
}
