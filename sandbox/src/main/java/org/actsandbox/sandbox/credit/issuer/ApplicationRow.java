package org.actsandbox.sandbox.credit.issuer;

import java.time.Instant;
import org.actsandbox.protocol.credit.AssociationApplication;
import org.actsandbox.protocol.credit.AssociationState;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * Represents an application: pending, or ended by a credential, a refusal or its time.
 *
 * @param state PENDING, ACTIVE once the credential is issued, REVOKED or EXPIRED
 * @param digest the digest of the message, by which a repetition is recognized
 * @param draft the frozen credential without signatures; null until it is first shown
 * @param previousCredential the credential that the new one replaces
 * @param lapsesAt null once the application has ended
 */
record ApplicationRow(
    String applicationId,
    Did principal,
    Did agent,
    AssociationState state,
    String digest,
    String application,
    @Nullable String draft,
    @Nullable String previousCredential,
    Instant createdAt,
    @Nullable Instant lapsesAt) {

  AssociationApplication content() {
    return Json.read(application, AssociationApplication.class);
  }

  boolean isOverdue(Instant now) {
    return lapsesAt != null && !now.isBefore(lapsesAt);
  }
}
