package org.actsandbox.sandbox.wiring;

import org.actsandbox.sandbox.credit.institution.AssociationConfirmations;
import org.actsandbox.sandbox.credit.institution.CreditInstitution;
import org.actsandbox.sandbox.credit.issuer.AssociationIssuer;
import org.actsandbox.sandbox.world.ParticipantFactory;
import org.actsandbox.sandbox.world.World;
import org.springframework.stereotype.Component;

/** Opens what takes the principal’s decisions about associations of a world. */
@Component
class AssociationConfirmationsFactory implements ParticipantFactory<AssociationConfirmations> {

  @Override
  public Class<AssociationConfirmations> type() {
    return AssociationConfirmations.class;
  }

  @Override
  public AssociationConfirmations open(World world) {
    return new AssociationConfirmations(
        world.participant(CreditInstitution.class), world.participant(AssociationIssuer.class));
  }
}
