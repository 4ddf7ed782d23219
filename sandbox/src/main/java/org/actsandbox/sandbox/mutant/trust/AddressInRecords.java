package org.actsandbox.sandbox.mutant.trust;

import org.actsandbox.protocol.attestation.AttestationEvent;
import org.actsandbox.protocol.attestation.Attestations;
import org.actsandbox.sandbox.mutant.TrustDefect;
import org.actsandbox.sandbox.trust.endpoint.TrustParts;
import org.actsandbox.sandbox.world.World;

/** A defect of the trust service: records contain the principal's address. */
record AddressInRecords() implements TrustDefect {

  @Override
  public TrustParts parts(World world) {
    var address = world.settings().shipTo();
    return new TrustParts() {
      @Override
      public Attestations attestations(Attestations standard) {
        return attestationEvent -> standard.report(with(attestationEvent, address));
      }
    };
  }

  private static AttestationEvent with(AttestationEvent honest, String address) {
    return new AttestationEvent(
        honest.type(),
        honest.at(),
        honest.links(),
        honest.parties(),
        honest.body().deepCopy().put("ship_to", address));
  }
}
