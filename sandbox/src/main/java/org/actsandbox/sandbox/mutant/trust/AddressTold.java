package org.actsandbox.sandbox.mutant.trust;

import org.actsandbox.protocol.attestation.Attestations;
import org.actsandbox.protocol.attestation.Occurrence;
import org.actsandbox.sandbox.mutant.TrustDefect;
import org.actsandbox.sandbox.trust.TrustParts;
import org.actsandbox.sandbox.world.World;

/** Records say where the principal lives. */
record AddressTold() implements TrustDefect {

  @Override
  public TrustParts parts(World world) {
    var address = world.settings().shipTo();
    return new TrustParts() {
      @Override
      public Attestations attestations(Attestations standard) {
        return occurrence -> standard.happened(with(occurrence, address));
      }
    };
  }

  private static Occurrence with(Occurrence honest, String address) {
    return new Occurrence(
        honest.type(),
        honest.at(),
        honest.links(),
        honest.parties(),
        honest.body().deepCopy().put("ship_to", address));
  }
}
