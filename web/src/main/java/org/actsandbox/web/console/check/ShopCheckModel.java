package org.actsandbox.web.console.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Sorts the results of a check for its page. */
final class ShopCheckModel {

  /** The verdicts with something to mend or to know, in the order of the page. */
  private static final List<String> FINDINGS = List.of("deviation", "harness error", "advisory");

  private ShopCheckModel() {}

  static Map<String, Object> of(JsonNode check) {
    var findings = new ArrayList<JsonNode>();
    var open = new ArrayList<JsonNode>();
    var passed = new ArrayList<JsonNode>();
    var without = new ArrayList<JsonNode>();
    for (var verdict : FINDINGS) {
      check
          .path("results")
          .valueStream()
          .filter(each -> each.path("verdict").asString().equals(verdict))
          .forEach(findings::add);
    }
    boolean over = !check.path("state").asString().equals("running");
    for (var result : check.path("results")) {
      switch (result.path("verdict").asString()) {
        case "not applicable" -> without.add(result);
        // While it runs, all are in one list, in the order in which they come.
        case "pass" -> (over ? passed : open).add(result);
        default -> {
          if (!over || !FINDINGS.contains(result.path("verdict").asString())) {
            open.add(result);
          }
        }
      }
    }
    var model = new HashMap<String, Object>();
    model.put("check", check);
    model.put("over", over);
    model.put("findings", findings);
    model.put("open", open);
    model.put("passed", passed);
    model.put("without", without);
    return model;
  }
}
