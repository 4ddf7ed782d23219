package org.actsandbox.sandbox.wiring;

import org.actsandbox.sandbox.credit.issuer.AssociationIssuer;
import org.actsandbox.sandbox.credit.verifier.CreditVerifier;
import org.actsandbox.sandbox.world.ParticipantFactory;
import org.actsandbox.sandbox.world.World;
import org.springframework.stereotype.Component;

/** Opens the verifier of associated credit of a world. */
@Component
class CreditVerifierFactory implements ParticipantFactory<CreditVerifier> {

  private final CreditWorlds creditWorlds;

  CreditVerifierFactory(CreditWorlds creditWorlds) {
    this.creditWorlds = creditWorlds;
  }

  @Override
  public Class<CreditVerifier> type() {
    return CreditVerifier.class;
  }

  @Override
  public CreditVerifier open(World world) {
    return new CreditVerifier(
        creditWorlds.of(world, World.CREDIT_VERIFIER),
        id -> world.participant(AssociationIssuer.class).find(id));
  }
}
