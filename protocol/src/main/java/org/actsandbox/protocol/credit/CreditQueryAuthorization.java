package org.actsandbox.protocol.credit;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.actsandbox.protocol.credit.code.QueryMode;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.ValueCheckedRequest;
import org.jspecify.annotations.Nullable;

/**
 * The subject’s permission to ask for its associated credit (ACT CRD-4).
 *
 * @param boundRequestId the only request that it permits; of a per-request authorization
 * @param platformDelegateId who may ask in the name of the relying parties; of a delegated one
 */
public record CreditQueryAuthorization(
    @JsonProperty("authorizationId") String authorizationId,
    @JsonProperty("authorizationVersion") String authorizationVersion,
    QueryMode mode,
    @JsonProperty("subjectId") String subjectId,
    @JsonProperty("relyingPartyIds") List<String> relyingPartyIds,
    @JsonProperty("platformDelegateId") @Nullable String platformDelegateId,
    @JsonProperty("agentIds") List<String> agentIds,
    @JsonProperty("verificationLevel") CreditLevel verificationLevel,
    String purpose,
    @JsonProperty("allowedDataItems") List<String> allowedDataItems,
    @JsonProperty("validFrom") Instant validFrom,
    @JsonProperty("expiresAt") Instant expiresAt,
    @JsonProperty("frequencyLimit") @Nullable FrequencyLimit frequencyLimit,
    @JsonProperty("resultUseRestrictions") ResultUse resultUseRestrictions,
    State status,
    @JsonProperty("boundRequestId") @Nullable String boundRequestId,
    @JsonProperty("authorizationProof") CreditProof authorizationProof)
    implements ValueCheckedRequest {

  @Override
  public void checkValues(MistakeCollector mistakes) {
    CreditMessageRules.check(this, mistakes);
  }

  /** Lists the states of an authorization; the last two are final. */
  public enum State {
    ACTIVE,
    REVOKED,
    EXPIRED
  }
}
