package org.actsandbox.web.check;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.ValueCheckedRequest;
import org.actsandbox.scenarios.check.model.CheckLevel;
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
    @Nullable Integer limitSeconds)
    implements ValueCheckedRequest {

  private static final List<String> LEVELS =
      Arrays.stream(CheckLevel.values())
          .map(level -> level.name().toLowerCase(Locale.ROOT))
          .toList();

  @Override
  public void checkValues(MistakeCollector mistakes) {
    mistakes.text("merchant", merchant, 64);
    mistakes.oneOf("level", level, LEVELS);
    if (only != null) {
      for (int i = 0; i < only.size(); i++) {
        mistakes.text("only[" + i + "]", only.get(i), 64);
      }
    }
    mistakes.checkPresent(config, ShopCheckPlan::read);
    mistakes.range("call_seconds", callSeconds, 1, ShopCheckPlan.MAX_CALL_SECONDS);
    mistakes.range("limit_seconds", limitSeconds, 1, ShopCheckPlan.MAX_LIMIT_SECONDS);
  }
}
