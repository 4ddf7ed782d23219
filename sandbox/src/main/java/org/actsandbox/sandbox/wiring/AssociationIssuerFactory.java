package org.actsandbox.sandbox.wiring;

import java.util.List;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.sandbox.credit.institution.CreditInstitution;
import org.actsandbox.sandbox.credit.issuer.AssociationIssuer;
import org.actsandbox.sandbox.world.ParticipantFactory;
import org.actsandbox.sandbox.world.World;
import org.springframework.stereotype.Component;

/** Opens the issuer of association credentials of a world. */
@Component
class AssociationIssuerFactory implements ParticipantFactory<AssociationIssuer> {

  private final CreditWorlds creditWorlds;

  AssociationIssuerFactory(CreditWorlds creditWorlds) {
    this.creditWorlds = creditWorlds;
  }

  @Override
  public Class<AssociationIssuer> type() {
    return AssociationIssuer.class;
  }

  @Override
  public AssociationIssuer open(World world) {
    return new AssociationIssuer(
        creditWorlds.of(world, World.CREDIT_ISSUER), world.participant(CreditInstitution.class));
  }

  @Override
  public List<DueWork> dueWork(World world, AssociationIssuer issuer) {
    return world.participantClock(World.CREDIT_ISSUER).shifted(issuer.dueWork());
  }
}
