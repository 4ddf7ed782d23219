package org.actsandbox.sandbox.credit;

import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.sandbox.key.Principals;
import org.jspecify.annotations.Nullable;

/**
 * Says whose lists a caller reads: a principal all of its own, an agent those parts of a
 * principal's that name it.
 *
 * @param agent null for a principal
 */
public record CreditOwner(Did principal, @Nullable Did agent) {

  /**
   * @param principalId the principal of whom an agent asks; null for the first one
   */
  public static CreditOwner of(Caller caller, @Nullable String principalId) {
    var self = caller.did().orElseThrow(() -> new IllegalStateException("the key has a subject"));
    if (!caller.is(Role.AGENT)) {
      return new CreditOwner(self, null);
    }
    return new CreditOwner(
        principalId == null ? Principals.FIRST : FieldChecks.did("principal_id", principalId),
        self);
  }
}
