package org.actsandbox.sandbox.edge;

import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Demands the admin key where others than this machine can reach the server. */
@Component
public class AdminKeyCheck {

  private final AccessPolicy access;
  private final Callers callers;

  AdminKeyCheck(AccessPolicy access, Callers callers) {
    this.access = access;
    this.callers = callers;
  }

  /**
   * Passes on loopback, or with the admin key.
   *
   * @throws Refusal {@code key_missing}
   */
  public void require(HttpHeaders headers) {
    if (access.adminKeyNeeded() && !callers.isAdmin(headers)) {
      throw new Refusal(Problem.KEY_MISSING, "others can reach this server, so this needs a key")
          .at("Authorization")
          .expected("the admin key printed at start");
    }
  }
}
