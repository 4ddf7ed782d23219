package org.actsandbox.protocol.commerce;

import org.actsandbox.protocol.credit.code.QueryMode;

/**
 * Refers a merchant to the credit behind an agent (ACT CRD-1, CRD-4). It has no content of any
 * statement: a merchant can do nothing with it but ask the verifier.
 *
 * @param assertionRef the id of the statement that the credential rests on
 * @param mode {@code PLATFORM_DELEGATED} if the merchant itself is the delegate; with {@code
 *     PER_REQUEST} the authorization is bound to the cart's {@code request_id}
 */
public record CreditReference(
    String credentialId, String assertionRef, String authorizationId, QueryMode mode) {}
