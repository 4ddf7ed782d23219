package org.actsandbox.protocol.credit;

import com.fasterxml.jackson.annotation.JsonProperty;
import tools.jackson.databind.JsonNode;

/** What a subject signs itself: the frozen draft of its credential. */
public record DirectPreparation(
    @JsonProperty("applicationId") String applicationId,
    JsonNode credential,
    @JsonProperty("signingPayload") JsonNode signingPayload) {}
