package org.actsandbox.scenarios.check.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.check.model.CheckResult;
import org.actsandbox.scenarios.check.model.CheckVerdict;
import org.actsandbox.scenarios.check.suite.MerchantSuite;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What the user says about a merchant: what cannot be found, and the deviations that are known.
 *
 * @param content the whole file
 * @param known reasons by the id of the check
 */
public record CheckConfig(JsonNode content, Map<String, String> known) {

  public static final CheckConfig EMPTY = new CheckConfig(Json.object(), Map.of());

  private static final Set<String> MEMBERS =
      Set.of(
          "kind",
          "clock",
          "need",
          "input",
          "resource",
          "sold_out_offer",
          "known",
          "id",
          "level",
          "control",
          "offer");

  /** Says that a configuration cannot be used; the message names the place. */
  public static final class Invalid extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Invalid(String message) {
      super(message);
    }
  }

  /**
   * Reads the file.
   *
   * @throws Invalid if it is no such configuration
   */
  public static CheckConfig read(Path file) throws IOException {
    return parse(file.toString(), Files.readAllBytes(file));
  }

  /**
   * Reads a configuration.
   *
   * @param name what messages call it
   * @throws Invalid if it is no such configuration
   */
  public static CheckConfig parse(String name, byte[] json) {
    JsonNode content;
    try {
      content = Json.parse(json);
    } catch (JacksonException notJson) {
      throw new Invalid(name + " is no JSON: " + notJson.getOriginalMessage());
    }
    if (!content.isObject()) {
      throw new Invalid(name + " is no JSON object");
    }
    for (var member : content.propertyNames()) {
      if (!MEMBERS.contains(member)) {
        throw new Invalid(
            "%s: %s is not known, expected one of %s"
                .formatted(name, member, String.join(", ", MEMBERS.stream().sorted().toList())));
      }
    }
    return new CheckConfig(content, known(name, content.path("known")));
  }

  private static Map<String, String> known(String name, JsonNode listed) {
    var ids = MerchantSuite.all().stream().map(each -> each.id()).toList();
    var known = new LinkedHashMap<String, String>();
    int at = 0;
    for (var each : listed) {
      var check = each.path("check").asString("");
      var reason = each.path("reason").asString("");
      if (!ids.contains(check)) {
        throw new Invalid("%s: known[%d].check names no check: %s".formatted(name, at, check));
      }
      if (reason.isBlank()) {
        throw new Invalid("%s: known[%d] has no reason".formatted(name, at));
      }
      known.put(check, reason);
      at++;
    }
    return known;
  }

  /** Marks the results of known deviations. */
  public List<CheckResult> marked(List<CheckResult> results) {
    return results.stream()
        .map(each -> known.containsKey(each.check().id()) ? each.asKnown() : each)
        .toList();
  }

  /** Returns the known deviations that were played and no longer occur. */
  public List<String> stale(List<CheckResult> results) {
    return results.stream()
        .filter(each -> known.containsKey(each.check().id()))
        .filter(each -> each.verdict() == CheckVerdict.PASS)
        .map(each -> each.check().id())
        .toList();
  }
}
