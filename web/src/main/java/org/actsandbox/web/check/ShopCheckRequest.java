package org.actsandbox.web.check;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Represents the request body that starts a check of a merchant.
 *
 * @param merchant id of a merchant of the world, from outside or one of the sandbox's own
 * @param profile act | alipay; without it act. The profile {@code alipay} is for merchants from
 *     outside and has one level
 * @param level gate | order | shop; without it the level at which the merchant takes part
 * @param only rules, checks, areas or published assertions; without it all checks of the level
 * @param config what cannot be found and the known deviations, as in {@code --config}
 * @param callSeconds real time for one answer, 1 to 60
 * @param limitSeconds real time after which no further check begins, 1 to 600
 */
public record ShopCheckRequest(
    @Nullable String merchant,
    @Nullable String profile,
    @Nullable String level,
    @Nullable List<String> only,
    @Nullable JsonNode config,
    @Nullable Integer callSeconds,
    @Nullable Integer limitSeconds) {}
