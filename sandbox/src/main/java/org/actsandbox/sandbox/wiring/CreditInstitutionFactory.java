package org.actsandbox.sandbox.wiring;

import org.actsandbox.sandbox.credit.institution.CreditInstitution;
import org.actsandbox.sandbox.world.ParticipantFactory;
import org.actsandbox.sandbox.world.World;
import org.springframework.stereotype.Component;

/** Opens the credit service of a world. */
@Component
class CreditInstitutionFactory implements ParticipantFactory<CreditInstitution> {

  private final CreditWorlds creditWorlds;

  CreditInstitutionFactory(CreditWorlds creditWorlds) {
    this.creditWorlds = creditWorlds;
  }

  @Override
  public Class<CreditInstitution> type() {
    return CreditInstitution.class;
  }

  @Override
  public CreditInstitution open(World world) {
    return new CreditInstitution(creditWorlds.of(world, World.CREDIT));
  }
}
