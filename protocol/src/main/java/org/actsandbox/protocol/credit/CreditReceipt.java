package org.actsandbox.protocol.credit;

import java.time.Instant;
import org.actsandbox.protocol.credit.code.CreditReason;
import org.actsandbox.protocol.credit.code.CreditResult;
import org.jspecify.annotations.Nullable;

/**
 * The verifier's word that it was asked, by whom and with which result. It is what evidence shows:
 * it has the digest of the answer and nothing of the credit (ACT CRD-8, CRD-10).
 *
 * @param responseDigest the digest of the whole answer, as the relying party got it
 */
public record CreditReceipt(
    String verificationRecordId,
    String relyingPartyId,
    String requestId,
    String agentId,
    @Nullable String authorizationId,
    String purpose,
    CreditResult result,
    CreditReason reasonCode,
    Instant generatedAt,
    String responseDigest) {}
