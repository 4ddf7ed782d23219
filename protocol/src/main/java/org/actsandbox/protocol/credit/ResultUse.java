package org.actsandbox.protocol.credit;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Says what the relying party may do with a result.
 *
 * @param retentionSeconds how long it may keep the result; required if it may
 */
public record ResultUse(
    @JsonProperty("mayStore") boolean mayStore,
    @JsonProperty("retentionSeconds") @Nullable Integer retentionSeconds,
    @JsonProperty("mayTransfer") boolean mayTransfer) {}
