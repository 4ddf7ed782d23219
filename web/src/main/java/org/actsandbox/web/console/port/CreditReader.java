package org.actsandbox.web.console.port;

import java.util.List;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.sandbox.credit.institution.CreditInstitution.OwnStatement;
import org.actsandbox.sandbox.credit.issuer.AssociationIssuer.Held;
import org.actsandbox.sandbox.credit.issuer.AssociationIssuer.Pending;
import org.actsandbox.sandbox.credit.verifier.CreditVerifier.Asked;
import org.actsandbox.sandbox.credit.verifier.QueryAuthorizations.Granted;
import org.actsandbox.sandbox.credit.verifier.RequestConfirmations.Waiting;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;

/** Reads what is stated and asked about a principal in credit association (ACT TSD-CRD). */
public interface CreditReader {

  List<OwnStatement> statements(World world, Did principal);

  /** Returns the applications that wait for the principal's confirmation. */
  List<Pending> pending(World world, Did principal);

  /** Returns the newest associations of the principal's agents. */
  List<Held> associations(World world, Did principal);

  /** Returns the newest authorizations that the principal gave. */
  List<Granted> authorizations(World world, Did principal);

  /** Returns the requests that wait for the principal to confirm them (ACT CRD-11). */
  List<Waiting> waiting(World world, Did principal);

  /** Returns who asked about the principal, newest first. */
  Page<Asked> asked(World world, Caller principal, @Nullable String cursor);
}
