package org.actsandbox.web.console.worlds;

import java.util.LinkedHashMap;
import java.util.Map;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.web.console.form.FormFields;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.frame.PathId;
import org.actsandbox.web.console.principal.ConsoleApiClient;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;

/** Adds, switches and removes faults for the forms of the worlds page. */
@Controller
@RequestMapping("/console/{world}/worlds")
class FaultPages {

  private static final String PARAMETER = "parameter.";

  private final ConsoleApiClient consoleApiClient;

  FaultPages(ConsoleApiClient consoleApiClient) {
    this.consoleApiClient = consoleApiClient;
  }

  @PostMapping("/faults")
  Rendering add(PageRequest pageRequest, FormFields form) {
    consoleApiClient.callControlApi("POST", pageRequest.world(), "/faults", fault(form));
    return redirect(pageRequest, "fault");
  }

  @PostMapping("/faults/end")
  Rendering endAll(PageRequest pageRequest) {
    consoleApiClient.callControlApi("DELETE", pageRequest.world(), "/faults", null);
    return redirect(pageRequest, "faults");
  }

  @PostMapping("/faults/{id}/{action:on|off|remove}")
  Rendering change(PageRequest pageRequest, @PathVariable String id, @PathVariable String action) {
    requireId(id);
    if (action.equals("remove")) {
      consoleApiClient.callControlApi("DELETE", pageRequest.world(), "/faults/" + id, null);
    } else {
      consoleApiClient.callControlApi(
          "PATCH", pageRequest.world(), "/faults/" + id, Map.of("enabled", action.equals("on")));
    }
    return redirect(pageRequest, "faults");
  }

  static void requireId(String id) {
    PathId.require(id, "fault or proxy", "id");
  }

  static Map<String, Object> fault(FormFields form) {
    var request = new LinkedHashMap<String, Object>();
    put(request, "name", form.first("name"));
    put(request, "participant", form.first("participant"));
    put(request, "operation", form.first("operation"));
    put(request, "probability", number("probability", form.first("probability")));
    put(request, "after", number("after", form.first("after")));
    put(request, "count", number("count", form.first("count")));
    var parameters = new LinkedHashMap<String, Object>();
    form.fields()
        .forEach(
            (name, values) -> {
              if (name.startsWith(PARAMETER) && !values.getFirst().isBlank()) {
                parameters.put(name.substring(PARAMETER.length()), values.getFirst().strip());
              }
            });
    if (!parameters.isEmpty()) {
      request.put("parameters", parameters);
    }
    return request;
  }

  private static void put(Map<String, Object> request, String name, @Nullable Object value) {
    if (value != null) {
      request.put(name, value);
    }
  }

  private static @Nullable Object number(String field, @Nullable String text) {
    if (text == null) {
      return null;
    }
    if (!text.matches("[0-9]{1,9}(\\.[0-9]{1,6})?")) {
      throw new Refusal(Problem.INVALID_FIELD, field + " is not a number").at(field).observed(text);
    }
    return Json.parse(text);
  }

  private static Rendering redirect(PageRequest pageRequest, String notice) {
    return pageRequest.redirect(pageRequest.here() + "/worlds?done=" + notice + "#faults");
  }
}
