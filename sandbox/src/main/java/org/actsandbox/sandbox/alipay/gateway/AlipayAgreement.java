package org.actsandbox.sandbox.alipay.gateway;

import org.jspecify.annotations.Nullable;

/**
 * Represents an authority that an agent platform asked for in Alipay's form. The other half is an
 * intent of the delegation service, and the delegation that may come of it (AIP-203).
 *
 * @param agreementNo the intent's id
 * @param timesLimit the number of payments; null for any
 * @param digest what makes another request with the same number another authority
 */
record AlipayAgreement(
    String agreementNo,
    String appId,
    String externalAgreementNo,
    String externalDelegationId,
    String tag,
    @Nullable Integer timesLimit,
    String digest) {}
