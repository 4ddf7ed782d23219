package org.actsandbox.web.console.adapter;

import java.util.List;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.sandbox.credit.institution.CreditInstitution;
import org.actsandbox.sandbox.credit.institution.CreditInstitution.OwnStatement;
import org.actsandbox.sandbox.credit.issuer.AssociationIssuer;
import org.actsandbox.sandbox.credit.issuer.AssociationIssuer.Held;
import org.actsandbox.sandbox.credit.issuer.AssociationIssuer.Pending;
import org.actsandbox.sandbox.credit.verifier.CreditVerifier;
import org.actsandbox.sandbox.credit.verifier.CreditVerifier.Asked;
import org.actsandbox.sandbox.credit.verifier.QueryAuthorizations.Granted;
import org.actsandbox.sandbox.credit.verifier.RequestConfirmations.Waiting;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.port.CreditReader;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads from the services of credit association of the world. */
@Component
class WorldCredit implements CreditReader {

  @Override
  public List<OwnStatement> statements(World world, Did principal) {
    return world.participant(CreditInstitution.class).own(principal);
  }

  @Override
  public List<Pending> pending(World world, Did principal) {
    return world.participant(AssociationIssuer.class).pending(principal);
  }

  @Override
  public List<Held> associations(World world, Did principal) {
    return world.participant(AssociationIssuer.class).held(principal, null).items();
  }

  @Override
  public List<Granted> authorizations(World world, Did principal) {
    return world.participant(CreditVerifier.class).authorizations().of(principal, null).items();
  }

  @Override
  public List<Waiting> waiting(World world, Did principal) {
    return world.participant(CreditVerifier.class).confirmations().of(principal).items();
  }

  @Override
  public Page<Asked> asked(World world, Caller principal, @Nullable String cursor) {
    return world.participant(CreditVerifier.class).asked(principal, cursor);
  }
}
