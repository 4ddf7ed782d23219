package org.actsandbox.sandbox.psp.endpoint;

import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.wire.FieldChecks;
import org.jspecify.annotations.Nullable;

/** Whose key was shown, where an endpoint is for one role. */
final class CallerSubjects {

  private CallerSubjects() {}

  static Did agent(Caller caller) {
    return subject(caller, Role.AGENT);
  }

  static Did merchant(Caller caller) {
    return subject(caller, Role.MERCHANT);
  }

  static Did principal(Caller caller) {
    return subject(caller, Role.PRINCIPAL);
  }

  /** Whose things are asked for: a principal's own, an agent's of whom it names; null for all. */
  static @Nullable Did owner(Caller caller, @Nullable String principalId) {
    if (caller.is(Role.PRINCIPAL)) {
      return principal(caller);
    }
    return principalId == null ? null : FieldChecks.did("principal_id", principalId);
  }

  private static Did subject(Caller caller, Role role) {
    return caller
        .require(role)
        .did()
        .orElseThrow(() -> new IllegalStateException("a key of role " + role + " has a subject"));
  }
}
