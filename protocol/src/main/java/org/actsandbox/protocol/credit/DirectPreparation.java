package org.actsandbox.protocol.credit;

import com.fasterxml.jackson.annotation.JsonProperty;
import tools.jackson.databind.JsonNode;

/** Holds the frozen draft of a credential, which the subject signs itself. */
public record DirectPreparation(
    @JsonProperty("applicationId") String applicationId,
    JsonNode credential,
    @JsonProperty("signingPayload") JsonNode signingPayload) {}
