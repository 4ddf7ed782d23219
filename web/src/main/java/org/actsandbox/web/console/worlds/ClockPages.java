package org.actsandbox.web.console.worlds;

import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.form.FormFields;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.principal.ConsoleApiClient;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;

/** Sets and advances the world's clock for the buttons of the worlds page. */
@Controller
@RequestMapping("/console/{world}/worlds")
class ClockPages {

  private static final String NEXT_DUE = "next-due";
  private static final Set<String> STEPS = Set.of("PT0S", "PT1M", "PT10M", "PT1H", "P1D");

  private final ConsoleApiClient consoleApiClient;

  ClockPages(ConsoleApiClient consoleApiClient) {
    this.consoleApiClient = consoleApiClient;
  }

  @PostMapping("/clock")
  Rendering clock(PageRequest pageRequest, FormFields form) {
    var step = form.first("step");
    if (step != null) {
      consoleApiClient.callControlApi("POST", pageRequest.world(), "/clock/advance", advance(step));
      return redirect(pageRequest, "advanced");
    }
    var request = new HashMap<String, Object>();
    request.put("mode", form.first("mode") == null ? "" : form.first("mode"));
    var at = form.first("now");
    if (at != null && !"real".equals(form.first("mode"))) {
      request.put("now", instant("now", at));
    }
    consoleApiClient.callControlApi("PUT", pageRequest.world(), "/clock", request);
    return redirect(pageRequest, "clock");
  }

  private static Map<String, Object> advance(String step) {
    if (step.equals(NEXT_DUE)) {
      return Map.of("to_next_due", true);
    }
    if (!STEPS.contains(step)) {
      throw new Refusal(Problem.INVALID_FIELD, "not one of the steps")
          .at("step")
          .expected(NEXT_DUE + ", " + String.join(", ", STEPS));
    }
    return Map.of("by", step);
  }

  /**
   * Reads a field for date and time in the time zone of all worlds.
   *
   * @return the instant in ISO 8601
   */
  static String instant(String field, String local) {
    try {
      return LocalDateTime.parse(local).atZone(World.ZONE).toInstant().toString();
    } catch (DateTimeParseException notAMoment) {
      throw new Refusal(Problem.INVALID_FIELD, "not a date and time")
          .at(field)
          .expected("2026-11-26T07:12")
          .observed(local);
    }
  }

  private static Rendering redirect(PageRequest pageRequest, String notice) {
    return pageRequest.redirect(pageRequest.here() + "/worlds?done=" + notice);
  }
}
